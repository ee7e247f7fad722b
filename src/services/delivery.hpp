// Giving an image out under its permanent URL. Public: asks nobody who they are.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/task.hpp"
#include "domain/error.hpp"
#include "domain/image.hpp"
#include "ports/blob_store.hpp"
#include "ports/image_store.hpp"

namespace pixelvault::services {

class DeliveryService {
 public:
  DeliveryService(ports::ImageStore& images, ports::BlobStore& blobs)
      : images_(images), blobs_(blobs) {}

  /// The image of `/{project}/{file}`, where file is `{image}.{ext}` with the canonical extension.
  /// ImageNotFound, or ImageDeleted when it was there once.
  base::task<domain::Result<domain::Image>> find(std::string_view project, std::string_view file);

  /// Bytes `offset .. offset + length` of an image that `find` gave. ImageDeleted when it went
  /// meanwhile.
  base::task<domain::Result<ports::BlobBody>> open(const domain::Image& image, std::uint64_t offset,
                                                   std::uint64_t length);

 private:
  ports::ImageStore& images_;
  ports::BlobStore& blobs_;
};

}  // namespace pixelvault::services
