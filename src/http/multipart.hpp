// multipart/form-data (RFC 7578 over RFC 2046 §5.1) as a pure state machine: bytes in, events out,
// no I/O. Memory is bounded by the header limit and one boundary's length; part data is handed on
// as views. A parser belongs to one request.
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
#include <utility>
#include <variant>

#include "base/bytes.hpp"
#include "http/content_disposition.hpp"

namespace pixelvault::http {

/// The boundary of a `Content-Type: multipart/form-data; boundary=…`, quoted or not. Nothing when
/// it is another type, or the boundary is missing, empty, longer than 70 characters or of foreign
/// characters (RFC 2046 §5.1.1).
std::optional<std::string> multipart_boundary(std::string_view content_type);

/// Finds CRLF, two dashes and the boundary in bytes that come in pieces. What a piece ends with is
/// held back only while it may be the beginning of a delimiter, and held as a number: those bytes
/// are known. Linear whatever the bytes are: a boundary has no CR, so no two candidates overlap.
class DelimiterScanner {
 public:
  /// `boundary` as `multipart_boundary` gives it.
  explicit DelimiterScanner(std::string boundary);

  struct Piece {
    std::string_view content;  ///< of the input or of the scanner; valid until its next call
    bool delimiter = false;    ///< instead of content, a whole delimiter has passed
  };

  /// Begins a stretch in which the CRLF of the first delimiter may have passed already: the body
  /// and each part begin after a line end that may be the delimiter's own (RFC 2046 §5.1.1).
  void begin_after_line_end();
  /// Takes the next piece off the front of `input`, which is used up when the piece is empty.
  Piece take(std::string_view& input);

 private:
  std::optional<Piece> resume(std::string_view& input);
  std::size_t find(std::string_view input) const;
  std::size_t find_beginning(std::string_view input) const;

  std::string delimiter_;
  std::size_t matched_ = 0;  ///< bytes of the delimiter that the last input ended with
  std::size_t unowned_ = 0;  ///< how many of those came before the content began
};

class MultipartParser {
 public:
  struct Limits {
    std::size_t header_bytes = 8'192;  ///< of one part: its header lines, with their line ends
    std::size_t parts = 64;
  };

  struct NeedInput {};
  struct PartBegin {
    std::string name;                     ///< from Content-Disposition; without zero bytes
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

 private:
  enum class State {
    Preamble,       ///< before the first boundary
    AfterBoundary,  ///< a dash would make it the closing one
    AfterDash,
    Padding,  ///< white space that a gateway may have put behind the boundary
    AfterCr,
    Headers,
    Body,
    Ended,
    Failed,
  };

  static State after_boundary(State state, char c);
  std::optional<Event> step();
  std::optional<Event> read_preamble();
  std::optional<Event> read_boundary_line();
  std::optional<Event> read_headers();
  std::optional<Event> read_body();
  std::optional<Event> begin_headers();
  std::optional<Event> read_header(std::string_view line);
  std::optional<Event> read_disposition(std::string_view value);
  Event begin_part();
  Event need_input();
  Event fail(std::string message);

  Limits limits_;
  DelimiterScanner scanner_;
  State state_ = State::Preamble;
  std::string_view input_;  ///< what is left of the bytes that were fed
  bool input_ended_ = false;
  std::size_t parts_ = 0;
  std::size_t header_bytes_ = 0;  ///< of this part, so far
  std::string line_;              ///< the beginning of a header line
  std::optional<FormDisposition> disposition_;
  std::string content_type_;
  std::string failure_;
};

}  // namespace pixelvault::http
