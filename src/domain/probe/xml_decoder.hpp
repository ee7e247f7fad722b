// The bytes of an XML document as UTF-8: UTF-16 of either order is converted (told by its byte
// order mark or by the first `<`, XML 1.0 Appendix F), everything else is passed through, since the
// markup of the other encodings in use is ASCII too. Used by sniffing and the SVG probe. Pure.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace pixelvault::domain::probe {

class XmlDecoder {
 public:
  /// The text of the next bytes, in any portions, without a byte order mark. Half a character waits
  /// for the rest. An unpaired surrogate becomes U+0000, which XML allows nowhere. The view is
  /// valid as long as `bytes` until the next call, and at most half as long again as they are.
  std::string_view decode(base::ByteView bytes);

  /// The bytes so far end inside of a character or a byte order mark.
  bool waiting() const { return !start_.empty() || high_ != 0 || half_unit_; }

 private:
  enum class Encoding { Unknown, AsciiLike, Utf16Little, Utf16Big };

  bool detect();
  std::string_view decode_known(base::ByteView bytes);
  void add_byte(unsigned byte);
  void add_unit(char32_t unit);

  Encoding encoding_ = Encoding::Unknown;
  std::string start_;  // the first bytes, until the encoding is known
  std::string text_;
  bool half_unit_ = false;
  unsigned first_byte_ = 0;  // of the unit, when there is half of it
  char32_t high_ = 0;        // a surrogate that waits for its second half
};

}  // namespace pixelvault::domain::probe
