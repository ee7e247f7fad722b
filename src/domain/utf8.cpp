#include "domain/utf8.hpp"

#include <algorithm>
#include <cstdint>

namespace pixelvault::domain {
namespace {

struct Lead {
  std::size_t length;  // of the sequence; 0 when no sequence begins like this
  char32_t bits;       // of the code point, from the first byte
  char32_t at_least;   // smaller values would be overlong
};

Lead lead_of(std::uint8_t byte) {
  if (byte < 0x80) return {1, byte, 0};
  if (byte >= 0xC2 && byte < 0xE0) return {2, byte & 0x1FU, 0x80};
  if (byte >= 0xE0 && byte < 0xF0) return {3, byte & 0x0FU, 0x800};
  if (byte >= 0xF0 && byte < 0xF5) return {4, byte & 0x07U, 0x10000};
  return {0, 0, 0};
}

}  // namespace

Utf8Step first_code_point(std::string_view text) {
  const Lead lead = lead_of(static_cast<std::uint8_t>(text.front()));
  const std::size_t present = std::min(lead.length, text.size());
  char32_t value = lead.bits;
  for (std::size_t i = 1; i < present; ++i) {
    const auto byte = static_cast<std::uint8_t>(text[i]);
    if ((byte & 0xC0) != 0x80) return {};
    value = (value << 6) | (byte & 0x3FU);
  }
  if (present < lead.length) return {.cut = true};
  if (value < lead.at_least || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) return {};
  return {.code_point = value, .length = lead.length};
}

void append_utf8(std::string& text, char32_t c) {
  const auto tail = [&](int shift) { text += static_cast<char>(0x80 | ((c >> shift) & 0x3F)); };
  if (c < 0x80) {
    text += static_cast<char>(c);
  } else if (c < 0x800) {
    text += static_cast<char>(0xC0 | (c >> 6));
    tail(0);
  } else if (c < 0x10000) {
    text += static_cast<char>(0xE0 | (c >> 12));
    tail(6);
    tail(0);
  } else {
    text += static_cast<char>(0xF0 | (c >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
}

bool is_printable(std::string_view text) {
  while (!text.empty()) {
    const auto step = first_code_point(text);
    if (step.length == 0 || is_control(step.code_point)) return false;
    text.remove_prefix(step.length);
  }
  return true;
}

std::size_t count_characters(std::string_view text) {
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  return static_cast<std::size_t>(std::ranges::count_if(text, begins));
}

std::string_view trim_white_space(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::string printable(std::string_view text) {
  std::string kept;
  while (!text.empty()) {
    const auto step = first_code_point(text);
    if (step.length == 0) {
      text.remove_prefix(1);
      continue;
    }
    if (!is_control(step.code_point)) kept += text.substr(0, step.length);
    text.remove_prefix(step.length);
  }
  return kept;
}

}  // namespace pixelvault::domain
