#include "base/json_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace pixelvault::base {

namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kReplacement = "\\ufffd";

std::uint8_t byte_at(std::string_view text, std::size_t i) {
  return static_cast<std::uint8_t>(text[i]);
}

/// The bytes of the character that `text` begins with, none when it is no UTF-8 (RFC 3629 §4).
std::size_t character_size(std::string_view text) {
  const auto first = byte_at(text, 0);
  const std::size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || text.size() < size) return 0;
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte_at(text, i) & 0xc0) != 0x80) return 0;
  }
  const auto second = byte_at(text, 1);
  const bool overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
  const bool surrogate = first == 0xed && second >= 0xa0;
  const bool too_large = first == 0xf4 && second >= 0x90;
  return overlong || surrogate || too_large ? 0 : size;
}

/// ASCII that stands for itself, as a table because every byte of the log is asked for.
constexpr auto kPlain = [] {
  std::array<bool, 256> plain{};
  for (std::size_t c = ' '; c < 0x7f; ++c) plain[c] = c != '"' && c != '\\';
  return plain;
}();

bool is_plain(char c) { return kPlain[static_cast<std::uint8_t>(c)]; }

void append_escaped(std::string& json, char c) {
  if (c == '"' || c == '\\') {
    json += '\\';
    json += c;
  } else {
    json += "\\u00";
    json += kHexDigits[static_cast<std::uint8_t>(c) >> 4];
    json += kHexDigits[static_cast<std::uint8_t>(c) & 0xf];
  }
}

/// Appends a first character that does not stand for itself; the bytes it took.
std::size_t append_special(std::string& json, std::string_view text) {
  if (byte_at(text, 0) < 0x80) {
    append_escaped(json, text.front());
    return 1;
  }
  const auto size = character_size(text);
  json.append(size > 0 ? text.substr(0, size) : kReplacement);
  return std::max<std::size_t>(size, 1);
}

}  // namespace

void append_json_text(std::string& json, std::string_view text) {
  json += '"';
  while (!text.empty()) {
    // Nearly every text is plain from end to end.
    const auto plain = std::ranges::find_if_not(text, is_plain) - text.begin();
    json.append(text.substr(0, static_cast<std::size_t>(plain)));
    text.remove_prefix(static_cast<std::size_t>(plain));
    if (!text.empty()) text.remove_prefix(append_special(json, text));
  }
  json += '"';
}

}  // namespace pixelvault::base
