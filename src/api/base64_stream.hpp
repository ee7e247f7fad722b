// Base64 (RFC 4648 §4) that arrives in pieces, as the files of a JSON batch do: decoded as it
// comes, never held. White space is passed over; a `data:` URL (RFC 2397) is taken for what it
// holds. Strict otherwise: no other alphabet, and the padding must be there. Pure; one a text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace pixelvault::api {

class Base64Stream {
 public:
  /// The most that may stand before the comma of a data URL, in bytes.
  static constexpr std::size_t kMaxDataUrlHead = 256;

  /// Appends what `text` decodes to. False when it cannot be base64: then, and from then on,
  /// nothing more is appended.
  bool feed(std::string_view text, std::string& out);
  /// After the last piece: whether all of it was base64, to its last character.
  bool finish(std::string& out);

 private:
  enum class State { Start, UrlHead, Body, Padding, Failed };

  void take(char c, std::string& out);
  void take_head(char c, std::string& out);
  void take_url_head(char c);
  void take_body(char c, std::string& out);
  void take_padding(char c);
  void decode_head(std::string& out);
  void emit(std::string& out);
  void fail() { state_ = State::Failed; }

  State state_ = State::Start;
  std::string head_;         // of the text, until it is known whether it is a data URL
  std::uint32_t bits_ = 0;   // of the group of four characters
  unsigned characters_ = 0;  // in the group
  unsigned padding_ = 0;     // still to come
};

}  // namespace pixelvault::api
