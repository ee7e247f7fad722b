// Requests and responses as the rest of the server sees them: no Beast, no sockets. A request's
// views live as long as the handler runs; both belong to the one coroutine that handles them.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/byte_source.hpp"
#include "base/unique_fd.hpp"
#include "http/request_notes.hpp"
#include "http/target.hpp"

namespace pixelvault::http {

enum class Method { Get, Head, Post, Put, Patch, Delete, Options, Other };

std::string_view to_string(Method method);

struct Field {
  std::string_view name;
  std::string_view value;
};

struct Request {
  Method method = Method::Other;
  Target target;
  std::vector<Field> fields{};                    ///< in the order of arrival, values trimmed
  std::optional<std::uint64_t> content_length{};  ///< declared; absent with chunked bodies
  bool has_body = false;                          ///< a length above zero, or chunked
  std::string request_id{};                       ///< the client's own when it was well-formed
  std::string remote_address{};                   ///< of the peer, e.g. `127.0.0.1` or `::1`
  /// Nothing of the body has been read before the first `read` (which answers Expect:
  /// 100-continue).
  base::ByteSource* body = nullptr;
  RequestNotes notes{};

  /// The value of a field; several lines of one name are joined with ", " (RFC 9110 §5.3).
  std::optional<std::string> header(std::string_view name) const;
};

/// A body that is sent as it is read: from a file by the kernel, or from a pulled source.
struct StreamedBody {
  std::variant<base::FileRegion, std::unique_ptr<base::ByteSource>> source;
  /// Bytes; of a pulled source it may be unknown. Then it is sent in chunks (RFC 9112 §7.1), to an
  /// HTTP/1.0 client until the connection closes.
  std::optional<std::uint64_t> length = 0;
};

struct Response {
  unsigned status = 200;
  /// Lines `Name: value\r\n`, made once and shared by many responses; they go out as they are.
  std::shared_ptr<const std::string> shared_fields{};
  std::vector<std::pair<std::string, std::string>> fields{};
  std::variant<std::string, StreamedBody> body{};
  /// Called once with the bytes of the body that went out, when the response is over, cut or not.
  /// Must not throw.
  std::move_only_function<void(std::uint64_t)> on_sent{};

  /// Adds a field; a name that is added twice is sent twice.
  void add(std::string name, std::string value);
  /// Bytes of the body; nothing when they are not known beforehand.
  std::optional<std::uint64_t> content_length() const;
};

}  // namespace pixelvault::http
