// A text that is written in small pieces first and read in large ones afterwards, without ever
// being copied as a whole: it costs its own length and gives that back while it is read. Used by
// the archive of an export for its manifest. Belongs to one coroutine.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

namespace pixelvault::services {

class TextSpool {
 public:
  /// The most that one `take` gives, in bytes; at least as long as what was appended at once.
  static constexpr std::size_t kPiece = 64UL * 1024;

  void append(std::string_view text) {
    if (pieces_.empty() || pieces_.back().size() + text.size() > kPiece) {
      pieces_.emplace_back().reserve(kPiece);
    }
    pieces_.back() += text;
    size_ += text.size();
  }

  /// Bytes that were appended and not taken.
  std::uint64_t size() const { return size_; }

  /// The first bytes that were not taken yet; empty at the end.
  std::string take() {
    if (pieces_.empty()) return {};
    std::string piece = std::move(pieces_.front());
    pieces_.pop_front();
    size_ -= piece.size();
    return piece;
  }

 private:
  std::deque<std::string> pieces_;
  std::uint64_t size_ = 0;
};

}  // namespace pixelvault::services
