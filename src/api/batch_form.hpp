// The two encodings of a batch (contract §4) as the parts that the batch service pulls:
// multipart/form-data, and JSON with the files in base64. Used by the batch handler.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "base/task.hpp"
#include "domain/error.hpp"
#include "http/message.hpp"
#include "services/batch_form.hpp"

namespace pixelvault::api {

/// The body of a batch up to a limit in bytes. After an error every read gives it again.
class BatchBody {
 public:
  BatchBody(http::Request& request, std::uint64_t limit) : request_(request), limit_(limit) {}

  /// The next bytes; empty at the end. RequestTooLarge, or what `read_failure` gives.
  base::task<domain::Result<base::ByteView>> read();

 private:
  http::Request& request_;
  std::uint64_t limit_;
  std::uint64_t bytes_ = 0;
  std::optional<domain::Error> error_;
};

/// The form that the request's Content-Type names; anything but multipart/form-data is taken for
/// JSON. RequestTooLarge for a declared length above `max_bytes`, InvalidMultipart for a boundary
/// that cannot be. Reads nothing yet; lives at most as long as the request.
domain::Result<std::unique_ptr<services::BatchForm>> make_batch_form(http::Request& request,
                                                                     std::uint64_t max_bytes);

}  // namespace pixelvault::api
