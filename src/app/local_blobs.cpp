#include "app/local_blobs.hpp"

#include <vector>

namespace pixelvault::app {

namespace {

/// One walk behind the other.
class BothWalks final : public ports::BlobWalk {
 public:
  BothWalks(std::unique_ptr<ports::BlobWalk> first, std::unique_ptr<ports::BlobWalk> second)
      : first_(std::move(first)), second_(std::move(second)) {}

  base::task<std::vector<ports::StoredBlob>> next() override {
    if (first_) {
      auto blobs = co_await first_->next();
      if (!blobs.empty()) co_return blobs;
      first_.reset();
    }
    co_return co_await second_->next();
  }

 private:
  std::unique_ptr<ports::BlobWalk> first_;  // null when it is over
  std::unique_ptr<ports::BlobWalk> second_;
};

}  // namespace

base::task<std::unique_ptr<ports::BlobWalk>> LocalBlobs::walk() {
  auto first = co_await folder_.walk();
  auto second = co_await segments_.walk();
  co_return std::make_unique<BothWalks>(std::move(first), std::move(second));
}

}  // namespace pixelvault::app
