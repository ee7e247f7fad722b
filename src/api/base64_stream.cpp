#include "api/base64_stream.hpp"

#include <array>
#include <utility>

namespace pixelvault::api {

namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kScheme = "data:";
constexpr std::string_view kEncoding = ";base64";
constexpr std::uint8_t kNone = 0xFF;

constexpr auto kValues = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(kNone);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    values.at(static_cast<unsigned char>(kAlphabet[i])) = static_cast<std::uint8_t>(i);
  }
  return values;
}();

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

bool Base64Stream::feed(std::string_view text, std::string& out) {
  for (const char c : text) {
    if (state_ == State::Failed) break;
    take(c, out);
  }
  return state_ != State::Failed;
}

bool Base64Stream::finish(std::string& out) {
  // What is shorter than the scheme is no data URL, but may be base64.
  if (state_ == State::Start) decode_head(out);
  if (state_ == State::UrlHead || characters_ != 0 || padding_ != 0) fail();
  return state_ != State::Failed;
}

void Base64Stream::take(char c, std::string& out) {
  switch (state_) {
    case State::Start:
      return take_head(c, out);
    case State::UrlHead:
      return take_url_head(c);
    case State::Body:
      return take_body(c, out);
    case State::Padding:
      return take_padding(c);
    case State::Failed:
      return;
  }
}

void Base64Stream::take_head(char c, std::string& out) {
  if (head_.empty() && is_space(c)) return;
  head_ += c;
  if (!kScheme.starts_with(head_)) {
    decode_head(out);
  } else if (head_.size() == kScheme.size()) {
    state_ = State::UrlHead;
  }
}

/// What began like a data URL and is none.
void Base64Stream::decode_head(std::string& out) {
  state_ = State::Body;
  feed(std::exchange(head_, {}), out);
}

void Base64Stream::take_url_head(char c) {
  if (c == ',') {
    // The type is a hint that nobody asks; the encoding is the only one that is understood.
    if (!head_.ends_with(kEncoding)) return fail();
    head_.clear();
    state_ = State::Body;
    return;
  }
  head_ += c;
  if (head_.size() > kMaxDataUrlHead) fail();
}

void Base64Stream::take_body(char c, std::string& out) {
  if (is_space(c)) return;
  if (c == '=') {
    // One or two, after three or two characters of a group whose unused bits are zero.
    if (characters_ < 2 || (bits_ & ((1U << (2 * (4 - characters_))) - 1)) != 0) return fail();
    padding_ = 3 - characters_;
    emit(out);
    state_ = State::Padding;
    return;
  }
  const auto value = kValues.at(static_cast<unsigned char>(c));
  if (value == kNone) return fail();
  bits_ = (bits_ << 6U) | value;
  if (++characters_ == 4) emit(out);
}

void Base64Stream::take_padding(char c) {
  if (is_space(c)) return;
  if (c != '=' || padding_ == 0) return fail();
  --padding_;
}

void Base64Stream::emit(std::string& out) {
  std::uint32_t group = bits_ << (6 * (4 - characters_));  // 24 bits, the first byte highest
  for (unsigned left = characters_ * 6 / 8; left > 0; --left, group <<= 8U) {
    out += static_cast<char>((group >> 16U) & 0xFFU);
  }
  bits_ = 0;
  characters_ = 0;
}

}  // namespace pixelvault::api
