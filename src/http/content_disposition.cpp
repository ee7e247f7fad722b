#include "http/content_disposition.hpp"

#include <array>
#include <cstdint>
#include <utility>

#include "base/bytes.hpp"
#include "base/encoding.hpp"
#include "http/field.hpp"

namespace pixelvault::http {
namespace {

constexpr std::uint8_t byte_of(char c) { return static_cast<std::uint8_t>(c); }
constexpr bool is_control(char c) { return byte_of(c) < 0x20 || byte_of(c) == 0x7F; }
constexpr bool is_continuation(char c) { return (byte_of(c) & 0xC0) == 0x80; }

/// Characters that an extended value may hold as they are (attr-char, RFC 8187 §3.2.1).
bool is_attribute_character(char c) {
  return is_token(std::string_view(&c, 1)) && !std::string_view("*'%").contains(c);
}

/// Bytes of the UTF-8 sequence that `lead` begins; 0 when none begins so (RFC 3629 §4).
constexpr std::size_t sequence_length(std::uint8_t lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xC2) return 0;
  if (lead < 0xE0) return 2;
  if (lead < 0xF0) return 3;
  return lead < 0xF5 ? 4 : 0;
}

/// Whether the second byte keeps the sequence out of overlong forms, surrogates, and what lies past
/// U+10FFFF.
constexpr bool second_byte_fits(std::uint8_t lead, std::uint8_t second) {
  switch (lead) {
    case 0xE0:
      return second >= 0xA0;
    case 0xED:
      return second < 0xA0;
    case 0xF0:
      return second >= 0x90;
    case 0xF4:
      return second < 0x90;
    default:
      return true;
  }
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const auto length = sequence_length(byte_of(text[0]));
    if (length == 0 || length > text.size()) return false;
    for (std::size_t i = 1; i < length; ++i) {
      if (!is_continuation(text[i])) return false;
    }
    if (length > 1 && !second_byte_fits(byte_of(text[0]), byte_of(text[1]))) return false;
    text.remove_prefix(length);
  }
  return true;
}

/// For recipients that read no `filename*`. Percent signs go too, since some of them decode those
/// (RFC 6266 appendix D). A character is one `_`; without an encoding every byte is a character.
std::string ascii_fallback(std::string_view name, bool utf8) {
  std::string fallback;
  for (const char c : name) {
    if (utf8 && is_continuation(c)) continue;
    const bool plain =
        byte_of(c) < 0x80 && !is_control(c) && !std::string_view("\"\\%").contains(c);
    fallback += plain ? c : '_';
  }
  return fallback;
}

std::string percent_encode(std::string_view name) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : name) {
    if (is_control(c)) {
      encoded += '_';
    } else if (is_attribute_character(c)) {
      encoded += c;
    } else {
      encoded += {'%', kDigits[byte_of(c) >> 4], kDigits[byte_of(c) & 0x0F]};
    }
  }
  return encoded;
}

std::optional<std::string> percent_decode(std::string_view encoded) {
  std::string decoded;
  for (std::size_t i = 0; i < encoded.size(); ++i) {
    if (is_attribute_character(encoded[i])) {
      decoded += encoded[i];
      continue;
    }
    if (encoded[i] != '%' || i + 2 >= encoded.size()) return std::nullopt;
    const auto byte = base::from_hex(encoded.substr(i + 1, 2));
    if (!byte) return std::nullopt;
    decoded += static_cast<char>(byte->front());
    i += 2;
  }
  return decoded;
}

/// `UTF-8'en'na%C3%AFve.png` (RFC 8187 §3.2.1). A zero byte is part of no filename.
std::optional<std::string> decode_extended(std::string_view value) {
  const auto charset_end = value.find('\'');
  if (!equals_ignoring_case(value.substr(0, charset_end), "UTF-8")) return std::nullopt;
  const auto language_end = value.find('\'', charset_end + 1);
  if (charset_end == std::string_view::npos || language_end == std::string_view::npos) {
    return std::nullopt;
  }
  auto decoded = percent_decode(value.substr(language_end + 1));
  if (!decoded || !is_utf8(*decoded) || decoded->contains('\0')) return std::nullopt;
  return decoded;
}

/// Browsers encode these three and nothing else, not even the percent sign.
std::string undo_form_encoding(std::string_view value) {
  constexpr std::array<std::pair<std::string_view, char>, 3> kEncoded = {
      {{"%22", '"'}, {"%0d", '\r'}, {"%0a", '\n'}}};
  std::string undone;
  while (!value.empty()) {
    char next = value.front();
    std::size_t used = 1;
    for (const auto& [encoded, character] : kEncoded) {
      if (!equals_ignoring_case(value.substr(0, 3), encoded)) continue;
      next = character;
      used = 3;
    }
    undone += next;
    value.remove_prefix(used);
  }
  return undone;
}

/// A part with nothing but an unreadable `filename*` is still a file, of no name.
std::optional<std::string> filename_of(const std::vector<Parameter>& parameters) {
  const auto* plain = find_parameter(parameters, "filename");
  const auto* extended = find_parameter(parameters, "filename*");
  if (extended != nullptr) {
    if (auto decoded = decode_extended(*extended)) return decoded;
    if (plain == nullptr) return std::string();
  }
  if (plain == nullptr) return std::nullopt;
  return undo_form_encoding(*plain);
}

}  // namespace

std::string inline_disposition(std::string_view filename) {
  if (filename.empty()) return "inline";
  const bool utf8 = is_utf8(filename);
  const auto fallback = ascii_fallback(filename, utf8);
  const auto extended = percent_encode(utf8 ? filename : std::string_view(fallback));
  return "inline; filename=\"" + fallback + "\"; filename*=UTF-8''" + extended;
}

std::expected<FormDisposition, std::string> parse_form_disposition(std::string_view value) {
  const auto [type, rest] = split_parameters(value);
  if (!equals_ignoring_case(type, "form-data")) {
    return std::unexpected("A part's Content-Disposition must be form-data.");
  }
  const auto parameters = parse_parameters(rest);
  if (!parameters) {
    return std::unexpected(
        "A part's Content-Disposition cannot be read: write it as "
        "form-data; name=\"…\"; filename=\"…\".");
  }
  const auto* name = find_parameter(*parameters, "name");
  if (name == nullptr) return std::unexpected("A part's Content-Disposition has no name.");
  return FormDisposition{.name = undo_form_encoding(*name), .filename = filename_of(*parameters)};
}

}  // namespace pixelvault::http
