// The header fields that every answer about one image carries, written once and kept while the
// image is popular. Any thread may call.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "base/lru_cache.hpp"
#include "http/conditional.hpp"
#include "services/record_cache.hpp"

namespace pixelvault::api {

class DeliveryFields {
 public:
  /// What 200, 206 and 304 all carry (RFC 9110 §15.4.5), but for Cache-Control where an image is
  /// there for a limited time.
  struct Fields {
    services::RecordCache::Record image;
    std::string etag;  ///< quoted
    std::chrono::sys_seconds last_modified;
    std::string lines;  ///< as `http::Response::shared_fields`
    http::Validators validators() const { return {.etag = etag, .last_modified = last_modified}; }
  };
  using Shared = std::shared_ptr<const Fields>;

  /// Fields of one image take about a kilobyte.
  static constexpr std::size_t kImages = 32'768;

  /// Written anew when the record is another one than the last time.
  Shared of(const services::RecordCache::Record& image);

 private:
  base::LruCache<domain::ImageId, Shared> cache_{kImages};
};

}  // namespace pixelvault::api
