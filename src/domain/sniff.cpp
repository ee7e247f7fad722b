#include "domain/sniff.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "domain/foreign_types.hpp"
#include "domain/probe/iso_boxes.hpp"
#include "domain/probe/svg_root.hpp"
#include "domain/probe/xml_decoder.hpp"
#include "domain/probe/xml_scanner.hpp"
#include "domain/utf8.hpp"

namespace pixelvault::domain {
namespace {

using probe::fourcc;

constexpr std::string_view kSpaces = " \t\r\n";

/// ISO/IEC 23000-22: the brand says it, or a general brand with avif among the compatible ones.
bool is_avif(base::ByteView head) {
  probe::ByteCursor cursor(head);
  const auto size = cursor.u32();
  if (cursor.u32() != fourcc("ftyp") || size < 16) return false;
  const auto brand = cursor.u32();
  if (brand == fourcc("avif") || brand == fourcc("avis")) return cursor.ok();
  if (brand != fourcc("mif1") && brand != fourcc("msf1") && brand != fourcc("miaf")) return false;
  (void)cursor.u32();  // minor version
  probe::ByteCursor compatible(
      cursor.rest().first(std::min<std::size_t>(cursor.rest().size(), size - 16)));
  for (auto next = compatible.u32(); compatible.ok(); next = compatible.u32()) {
    if (next == fourcc("avif") || next == fourcc("avis")) return true;
  }
  return false;
}

std::optional<Format> binary_format(base::ByteView head) {
  const auto text = base::as_text(head);
  if (text.starts_with("\xFF\xD8\xFF")) return Format::Jpeg;
  if (text.starts_with("\x89PNG\r\n\x1A\n")) return Format::Png;
  if (text.starts_with("GIF87a") || text.starts_with("GIF89a")) return Format::Gif;
  if (text.starts_with("RIFF") && text.size() >= 12 && text.substr(8, 4) == "WEBP") {
    return Format::Webp;
  }
  if (is_avif(head)) return Format::Avif;
  return std::nullopt;
}

/// No control characters but white space, and UTF-8 up to a character that the head may cut.
bool is_plain_text(std::string_view text) {
  while (!text.empty()) {
    const auto step = first_code_point(text);
    if (step.length == 0) return step.cut;
    const bool is_layout = step.code_point >= '\t' && step.code_point <= '\r';
    if (is_control(step.code_point) && !is_layout) return false;
    text.remove_prefix(step.length);
  }
  return true;
}

bool contains_ignoring_case(std::string_view text, std::string_view lower_case) {
  const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; };
  return !std::ranges::search(text, lower_case, same).empty();
}

ForeignType html() { return {"text/html", "Upload the picture itself, not a web page."}; }

ForeignType xml() {
  return {"application/xml", "Of XML documents only SVG pictures can be uploaded."};
}

/// `text` begins with `<` after white space.
std::optional<std::variant<Format, ForeignType>> markup(std::string_view text) {
  probe::XmlScanner scanner;
  const bool well_formed = scanner.feed(text).has_value();
  if (!scanner.root().name.empty()) {
    if (const auto foreign = probe::foreign_root(scanner.root())) return *foreign;
    return Format::Svg;
  }
  if (contains_ignoring_case(text, "<!doctype html") || contains_ignoring_case(text, "<html")) {
    return html();
  }
  if (well_formed) return Format::Svg;  // the root is yet to come
  if (text.starts_with("<?xml")) return xml();
  return std::nullopt;
}

ForeignType textual_or_unknown(std::string_view text) {
  if (text.empty() || !is_plain_text(text)) return {"application/octet-stream", ""};
  const auto first = text.find_first_not_of(kSpaces);
  const char begin = first == std::string_view::npos ? ' ' : text[first];
  if (begin == '{' || begin == '[') {
    return {"application/json", "Send the picture's own bytes, or a form with it as `file`."};
  }
  return {"text/plain", "Upload a picture, not text; drawings can be uploaded as SVG."};
}

}  // namespace

std::variant<Format, ForeignType> sniff(base::ByteView head) {
  head = head.first(std::min(head.size(), kSniffBytes));
  if (const auto format = binary_format(head)) return *format;
  if (const auto foreign = find_foreign_type(head)) return *foreign;
  probe::XmlDecoder decoder;
  const auto text = decoder.decode(head);
  const auto first = text.find_first_not_of(kSpaces);
  if (first != std::string_view::npos && text[first] == '<') {
    if (const auto found = markup(text.substr(first))) return *found;
  }
  return textual_or_unknown(base::as_text(head));
}

}  // namespace pixelvault::domain
