// A body that is pulled: nothing is read before somebody asks, which is what makes back-pressure
// and early refusal free. Made by the edge (request bodies) and by stores (blobs that are no local
// file). A source belongs to one coroutine at a time.
#pragma once

#include <expected>

#include "base/bytes.hpp"
#include "base/task.hpp"

namespace pixelvault::base {

/// Why a body could not be read to its end. After any of them the rest of the body is unusable.
enum class ReadError {
  Ended,      ///< the peer stopped sending before the end it had announced
  TimedOut,   ///< nothing arrived within the deadline
  Malformed,  ///< the framing is wrong (chunk sizes, RFC 9112 §7.1)
};

using ReadResult = std::expected<ByteView, ReadError>;

class ByteSource {
 public:
  ByteSource() = default;
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  virtual ~ByteSource() = default;

  /// The next bytes; an empty view at the end, and again on every call after it.
  /// The view is valid until the next call.
  virtual task<ReadResult> read() = 0;
};

}  // namespace pixelvault::base
