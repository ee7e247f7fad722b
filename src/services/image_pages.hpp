// The living images of a catalog one after another, a page at a time in memory. Belongs to one
// coroutine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "base/task.hpp"
#include "ports/image_catalog.hpp"

namespace pixelvault::services {

class LivingImages {
 public:
  /// `catalog` outlives it.
  explicit LivingImages(ports::ImageCatalog& catalog) : catalog_(catalog) {}

  /// In the order of their ids; nothing at the end.
  base::task<std::optional<domain::Image>> next() {
    for (;;) {
      while (at_ < page_.size()) {
        auto& image = page_[at_++];
        if (!image.deleted_at) co_return std::move(image);
      }
      page_ = co_await catalog_.list(last_, kPage);
      at_ = 0;
      if (page_.empty()) co_return std::nullopt;
      last_ = page_.back().id;
    }
  }

 private:
  static constexpr std::uint32_t kPage = 500;

  ports::ImageCatalog& catalog_;
  std::optional<domain::ImageId> last_;
  std::vector<domain::Image> page_;
  std::size_t at_ = 0;
};

}  // namespace pixelvault::services
