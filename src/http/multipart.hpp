// multipart/form-data (RFC 7578 over RFC 2046 §5.1) as a pure state machine: bytes in, events out,
// no I/O. Memory is bounded by the header limit and one boundary's length; part data is handed on
// as views.
//
//   for (;;) {
//     auto event = parser.next();
//     if (event is NeedInput) { read; n == 0 ? parser.end_input() : parser.feed(bytes); continue; }
//     …
//   }
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/bytes.hpp"

namespace pixelvault::http {

/// The boundary of a `Content-Type: multipart/form-data; boundary=…`, quoted or not. Nothing when
/// it is another type, or the boundary is missing, empty, longer than 70 characters or of foreign
/// characters (RFC 2046 §5.1.1).
std::optional<std::string> multipart_boundary(std::string_view content_type);

class MultipartParser {
 public:
  struct Limits {
    std::size_t header_bytes = 8 * 1024;  ///< of one part, all its header lines together
    std::size_t parts = 64;
  };

  struct NeedInput {};
  struct PartBegin {
    std::string name;                     ///< from Content-Disposition; quoted forms undone
    std::optional<std::string> filename;  ///< absent for plain fields; may be empty
    std::string content_type;             ///< a hint, as it was sent; may be empty
  };
  struct PartData {
    base::ByteView bytes;  ///< never empty; valid until the next call of any method
  };
  struct PartEnd {};
  struct End {};  ///< after the closing boundary; what follows it is ignored
  struct Malformed {
    std::string message;  ///< a sentence for the client
  };
  using Event = std::variant<NeedInput, PartBegin, PartData, PartEnd, End, Malformed>;

  explicit MultipartParser(std::string boundary) : MultipartParser(std::move(boundary), Limits{}) {}
  MultipartParser(std::string boundary, Limits limits);

  /// Gives more bytes, which must stay alive until the next NeedInput. Only after NeedInput.
  void feed(base::ByteView bytes);
  /// Says that no more bytes come. Only after NeedInput; the next event is then End or Malformed.
  void end_input();
  /// The next event. End and Malformed repeat for ever.
  Event next();
};

}  // namespace pixelvault::http
