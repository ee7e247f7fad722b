#include "http/multipart.hpp"

#include <algorithm>
#include <cstring>

#include "http/field.hpp"

namespace pixelvault::http {
namespace {

constexpr std::size_t kMaxBoundary = 70;
constexpr std::string_view kLineEnd = "\r\n";

/// RFC 2046 §5.1.1, bchars.
constexpr bool is_boundary_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         std::string_view("'()+_,-./:=? ").contains(c);
}

bool is_boundary(std::string_view text) {
  return !text.empty() && text.size() <= kMaxBoundary && text.back() != ' ' &&
         std::ranges::all_of(text, is_boundary_character);
}

}  // namespace

std::optional<std::string> multipart_boundary(std::string_view content_type) {
  if (media_type_essence(content_type) != "multipart/form-data") return std::nullopt;
  const auto parameters = parse_parameters(split_parameters(content_type).parameters);
  if (!parameters) return std::nullopt;
  const auto* boundary = find_parameter(*parameters, "boundary");
  if (boundary == nullptr || !is_boundary(*boundary)) return std::nullopt;
  return *boundary;
}

DelimiterScanner::DelimiterScanner(std::string boundary)
    : delimiter_("\r\n--" + std::move(boundary)) {}

void DelimiterScanner::begin_after_line_end() { matched_ = unowned_ = kLineEnd.size(); }

DelimiterScanner::Piece DelimiterScanner::take(std::string_view& input) {
  if (matched_ > 0) {
    if (const auto piece = resume(input)) return *piece;
  }
  auto end = find(input);
  if (end == 0) {
    input.remove_prefix(delimiter_.size());
    return {.content = {}, .delimiter = true};
  }
  if (end == std::string_view::npos) {
    end = find_beginning(input);
    matched_ = input.size() - end;
    unowned_ = 0;
    return {.content = std::exchange(input, {}).substr(0, end)};
  }
  const auto content = input.substr(0, end);
  input.remove_prefix(end);
  return {.content = content};
}

/// Nothing when the bytes held back turned out to be no delimiter, and none of them was content.
std::optional<DelimiterScanner::Piece> DelimiterScanner::resume(std::string_view& input) {
  const auto wanted = std::string_view(delimiter_).substr(matched_);
  const auto length = std::min(wanted.size(), input.size());
  if (input.starts_with(wanted.substr(0, length))) {
    input.remove_prefix(length);
    matched_ += length;
    if (matched_ < delimiter_.size()) return Piece{};
    matched_ = 0;
    return Piece{.content = {}, .delimiter = true};
  }
  const auto content = std::string_view(delimiter_).substr(unowned_, matched_ - unowned_);
  matched_ = 0;
  if (content.empty()) return std::nullopt;
  return Piece{.content = content};
}

/// Where a whole delimiter begins; npos when there is none. memmem skips by the needle's length and
/// stays near a gigabyte a second where memchr for the CR falls to a sixth (a body of line ends).
std::size_t DelimiterScanner::find(std::string_view input) const {
  if (input.size() < delimiter_.size()) return std::string_view::npos;
  const void* found = memmem(input.data(), input.size(), delimiter_.data(), delimiter_.size());
  if (found == nullptr) return std::string_view::npos;
  return static_cast<std::size_t>(static_cast<const char*>(found) - input.data());
}

/// Where the end of `input` begins that may become a delimiter; its size when there is none. Only
/// the last CR can, since the rest of a delimiter has none.
std::size_t DelimiterScanner::find_beginning(std::string_view input) const {
  const auto tail = input.substr(input.size() - std::min(input.size(), delimiter_.size() - 1));
  const auto cr = tail.rfind('\r');
  if (cr == std::string_view::npos) return input.size();
  const auto candidate = tail.substr(cr);
  return delimiter_.starts_with(candidate) ? input.size() - candidate.size() : input.size();
}

MultipartParser::MultipartParser(std::string boundary, Limits limits)
    : limits_(limits), scanner_(std::move(boundary)) {
  scanner_.begin_after_line_end();
}

void MultipartParser::feed(base::ByteView bytes) { input_ = base::as_text(bytes); }

void MultipartParser::end_input() { input_ended_ = true; }

MultipartParser::Event MultipartParser::next() {
  for (;;) {
    if (auto event = step()) return std::move(*event);
  }
}

std::optional<MultipartParser::Event> MultipartParser::step() {
  switch (state_) {
    case State::Preamble:
      return read_preamble();
    case State::AfterBoundary:
    case State::AfterDash:
    case State::Padding:
    case State::AfterCr:
      return read_boundary_line();
    case State::Headers:
      return read_headers();
    case State::Body:
      return read_body();
    case State::Ended:
      return End{};
    case State::Failed:
      break;
  }
  return Malformed{failure_};
}

std::optional<MultipartParser::Event> MultipartParser::read_preamble() {
  if (scanner_.take(input_).delimiter) {
    state_ = State::AfterBoundary;
    return std::nullopt;
  }
  if (input_.empty()) return need_input();
  return std::nullopt;
}

std::optional<MultipartParser::Event> MultipartParser::read_body() {
  const auto piece = scanner_.take(input_);
  if (piece.delimiter) {
    state_ = State::AfterBoundary;
    return PartEnd{};
  }
  if (!piece.content.empty()) return PartData{base::as_bytes(piece.content)};
  return need_input();
}

/// A line that only begins with the boundary is refused: RFC 2046 §5.1.1 makes it one all the same,
/// and other readers may take it for data.
MultipartParser::State MultipartParser::after_boundary(State state, char c) {
  switch (state) {
    case State::AfterCr:
      return c == '\n' ? State::Headers : State::Failed;
    case State::AfterDash:
      return c == '-' ? State::Ended : State::Failed;
    case State::AfterBoundary:
      if (c == '-') return State::AfterDash;
      [[fallthrough]];
    default:
      if (c == '\r') return State::AfterCr;
      return c == ' ' || c == '\t' ? State::Padding : State::Failed;
  }
}

std::optional<MultipartParser::Event> MultipartParser::read_boundary_line() {
  if (input_.empty()) return need_input();
  state_ = after_boundary(state_, input_.front());
  input_.remove_prefix(1);
  if (state_ == State::Failed) {
    return fail("A multipart boundary must be followed by CRLF or by two dashes.");
  }
  if (state_ == State::Headers) return begin_headers();
  return std::nullopt;
}

std::optional<MultipartParser::Event> MultipartParser::begin_headers() {
  if (++parts_ > limits_.parts) {
    return fail("The multipart body has too many parts: at most " + std::to_string(limits_.parts) +
                " are taken.");
  }
  header_bytes_ = 0;
  disposition_.reset();
  content_type_.clear();
  return std::nullopt;
}

std::optional<MultipartParser::Event> MultipartParser::read_headers() {
  if (input_.empty()) return need_input();
  const auto line_feed = input_.find('\n');
  const auto length = std::min(line_feed, input_.size() - 1) + 1;
  if (length > limits_.header_bytes - header_bytes_) {
    return fail("The headers of a multipart part are too long: at most " +
                std::to_string(limits_.header_bytes) + " bytes are taken.");
  }
  header_bytes_ += length;
  line_.append(input_.substr(0, length));
  input_.remove_prefix(length);
  if (line_feed == std::string_view::npos) return std::nullopt;
  const auto line = std::exchange(line_, {});
  if (!line.ends_with(kLineEnd)) return fail("The header lines of a part must end with CRLF.");
  if (line == kLineEnd) return begin_part();
  return read_header(std::string_view(line).substr(0, line.size() - kLineEnd.size()));
}

/// Folded lines (RFC 5322 §2.2.3) are refused here: no name begins with white space.
std::optional<MultipartParser::Event> MultipartParser::read_header(std::string_view line) {
  const auto colon = std::min(line.find(':'), line.size());
  const auto name = line.substr(0, colon);
  if (colon == line.size() || !is_token(name) || line.contains('\r') || line.contains('\0')) {
    return fail("A header line of a multipart part is not of the form \"Name: value\".");
  }
  const auto value = trim(line.substr(colon + 1));
  if (equals_ignoring_case(name, "Content-Disposition")) return read_disposition(value);
  if (equals_ignoring_case(name, "Content-Type")) content_type_ = value;
  const bool encoded =
      equals_ignoring_case(value, "base64") || equals_ignoring_case(value, "quoted-printable");
  if (encoded && equals_ignoring_case(name, "Content-Transfer-Encoding")) {
    return fail("Content-Transfer-Encoding is not supported: send the bytes as they are.");
  }
  return std::nullopt;
}

std::optional<MultipartParser::Event> MultipartParser::read_disposition(std::string_view value) {
  if (disposition_) return fail("A multipart part has more than one Content-Disposition.");
  auto disposition = parse_form_disposition(value);
  if (!disposition) return fail(std::move(disposition.error()));
  disposition_ = std::move(*disposition);
  return std::nullopt;
}

MultipartParser::Event MultipartParser::begin_part() {
  if (!disposition_) return fail("A multipart part has no Content-Disposition header.");
  state_ = State::Body;
  scanner_.begin_after_line_end();
  return PartBegin{.name = std::move(disposition_->name),
                   .filename = std::move(disposition_->filename),
                   .content_type = std::move(content_type_)};
}

MultipartParser::Event MultipartParser::need_input() {
  if (!input_ended_) return NeedInput{};
  return fail(
      "The multipart body ends before its closing boundary: send all of it, with the boundary "
      "that its Content-Type names.");
}

MultipartParser::Event MultipartParser::fail(std::string message) {
  state_ = State::Failed;
  failure_ = std::move(message);
  return Malformed{failure_};
}

}  // namespace pixelvault::http
