#include "domain/probe/xml_decoder.hpp"

#include <utility>

#include "domain/utf8.hpp"

namespace pixelvault::domain::probe {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kLittleMark = "\xFF\xFE";
constexpr std::string_view kBigMark = "\xFE\xFF";
constexpr std::string_view kLittleTag = "<\0"sv;
constexpr std::string_view kBigTag = "\0<"sv;

bool is_high_surrogate(char32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low_surrogate(char32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

}  // namespace

std::string_view XmlDecoder::decode(base::ByteView bytes) {
  if (encoding_ != Encoding::Unknown) return decode_known(bytes);
  start_ += base::as_text(bytes);
  if (!detect()) return {};
  const std::string start = std::exchange(start_, {});
  const auto text = decode_known(base::as_bytes(start));
  if (encoding_ == Encoding::AsciiLike) text_ = text;  // the view must not outlive `start`
  return text_;
}

/// Sets the encoding and takes a byte order mark away; false when more bytes are needed.
bool XmlDecoder::detect() {
  for (const auto mark : {kUtf8Mark, kLittleMark, kBigMark, kLittleTag, kBigTag}) {
    if (start_.size() < mark.size() && mark.starts_with(start_)) return false;
  }
  const bool little_mark = start_.starts_with(kLittleMark);
  const bool big_mark = start_.starts_with(kBigMark);
  encoding_ = little_mark || start_.starts_with(kLittleTag) ? Encoding::Utf16Little
              : big_mark || start_.starts_with(kBigTag)     ? Encoding::Utf16Big
                                                            : Encoding::AsciiLike;
  // One mark only: what looks like a second one is text.
  const bool utf8_mark = start_.starts_with(kUtf8Mark);
  start_.erase(0, little_mark || big_mark ? kLittleMark.size() : utf8_mark ? kUtf8Mark.size() : 0);
  return true;
}

std::string_view XmlDecoder::decode_known(base::ByteView bytes) {
  if (encoding_ == Encoding::AsciiLike) return base::as_text(bytes);
  text_.clear();
  for (const auto byte : bytes) add_byte(std::to_integer<unsigned>(byte));
  return text_;
}

void XmlDecoder::add_byte(unsigned byte) {
  if (!half_unit_) {
    first_byte_ = byte;
    half_unit_ = true;
    return;
  }
  half_unit_ = false;
  add_unit(encoding_ == Encoding::Utf16Big ? (first_byte_ << 8) | byte : (byte << 8) | first_byte_);
}

void XmlDecoder::add_unit(char32_t unit) {
  const char32_t high = std::exchange(high_, 0);
  if (high != 0 && is_low_surrogate(unit)) {
    append_utf8(text_, 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
    return;
  }
  if (high != 0) append_utf8(text_, 0);
  if (is_high_surrogate(unit)) {
    high_ = unit;
  } else {
    append_utf8(text_, is_low_surrogate(unit) ? 0 : unit);
  }
}

}  // namespace pixelvault::domain::probe
