#include "support/failing_blob_store.hpp"

#include <utility>

namespace pixelvault::support {

class FailingBlobStore::Writer final : public ports::BlobWriter {
 public:
  Writer(std::unique_ptr<ports::BlobWriter> inner, NthCall& nth)
      : inner_(std::move(inner)), nth_(nth) {}

  base::task<void> write(base::ByteView bytes) override {
    const bool chosen = nth_.arrives();
    nth_.fail_before(chosen);
    co_await inner_->write(bytes);
    nth_.fail_after(chosen);
  }

  // A commit that throws must leave nothing under the key, so its answer is never lost.
  base::task<std::optional<domain::BlobPlace>> commit(std::string key) override {
    const bool chosen = nth_.arrives();
    nth_.fail_before(chosen);
    nth_.fail_after(chosen);
    co_return co_await inner_->commit(std::move(key));
  }

 private:
  std::unique_ptr<ports::BlobWriter> inner_;
  NthCall& nth_;
};

base::task<std::unique_ptr<ports::BlobWriter>> FailingBlobStore::create() {
  const bool chosen = nth_.arrives();
  nth_.fail_before(chosen);
  auto writer = co_await inner_.create();
  nth_.fail_after(chosen);
  co_return std::make_unique<Writer>(std::move(writer), nth_);
}

base::task<std::optional<ports::BlobBody>> FailingBlobStore::open(ports::BlobRef blob,
                                                                  std::uint64_t offset,
                                                                  std::uint64_t length) {
  const bool chosen = nth_.arrives();
  nth_.fail_before(chosen);
  auto body = co_await inner_.open(std::move(blob), offset, length);
  nth_.fail_after(chosen);
  co_return body;
}

base::task<std::unique_ptr<base::ByteSource>> FailingBlobStore::read(ports::BlobRef blob,
                                                                     std::uint64_t length) {
  const bool chosen = nth_.arrives();
  nth_.fail_before(chosen);
  auto source = co_await inner_.read(std::move(blob), length);
  nth_.fail_after(chosen);
  co_return source;
}

base::task<void> FailingBlobStore::remove(ports::BlobRef blob) {
  const bool chosen = nth_.arrives();
  nth_.fail_before(chosen);
  co_await inner_.remove(std::move(blob));
  nth_.fail_after(chosen);
}

}  // namespace pixelvault::support
