// UTF-8 (RFC 3629) as the rules of this room need it: taking a text apart into code points without
// trusting it. Used by sniffing, file names, addresses and the SVG probe. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pixelvault::domain {

/// The first code point of a text.
struct Utf8Step {
  char32_t code_point = 0;
  std::size_t length = 0;  ///< bytes that it takes; 0 when the text does not begin with one
  bool cut = false;        ///< the text ends inside of what may still become a code point
};

/// Refuses overlong forms, surrogates and values above U+10FFFF. `text` must not be empty.
Utf8Step first_code_point(std::string_view text);

/// Appends `code_point`, which is at most U+10FFFF and no surrogate.
void append_utf8(std::string& text, char32_t code_point);

/// C0 and C1 controls and DEL (Unicode's general category Cc).
constexpr bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

/// Whether the text is UTF-8 without control characters.
bool is_printable(std::string_view text);

/// How many characters a text of UTF-8 has: every byte that continues none.
std::size_t count_characters(std::string_view text);

/// Without ASCII spaces, tabs and line ends at both ends. Points into `text`.
std::string_view trim_white_space(std::string_view text);

/// The text without control characters and without bytes that are no UTF-8.
std::string printable(std::string_view text);

}  // namespace pixelvault::domain
