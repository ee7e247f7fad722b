// A request body that a test has written down.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "base/byte_source.hpp"
#include "http/message.hpp"

namespace pixelvault::support {

class FakeBody final : public base::ByteSource {
 public:
  explicit FakeBody(std::string bytes) : bytes_(std::move(bytes)) {}

  std::size_t chunk = 7;                       ///< bytes that one read gives
  std::optional<base::ReadError> ends_with{};  ///< instead of the plain end
  std::size_t bytes_read = 0;

  base::task<base::ReadResult> read() override {
    const auto rest = base::as_bytes(bytes_).subspan(bytes_read);
    if (rest.empty() && ends_with) co_return std::unexpected(*ends_with);
    const auto bytes = rest.first(std::min(rest.size(), chunk));
    bytes_read += bytes.size();
    co_return bytes;
  }

  /// A request that has this body. The body must outlive it.
  http::Request request(std::string_view content_type) {
    http::Request request{.method = http::Method::Post, .target = {.path = "/"}};
    if (!content_type.empty()) request.fields.push_back({"Content-Type", content_type});
    request.content_length = bytes_.size();
    request.has_body = !bytes_.empty();
    request.body = this;
    return request;
  }

 private:
  std::string bytes_;
};

}  // namespace pixelvault::support
