// The bytes of a connection between the socket and whoever understands them. A request's header
// stays where it was read for as long as the request runs, so that its fields are views instead of
// copies. Belongs to one session at a time.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "base/bytes.hpp"

namespace pixelvault::http {

class ReadBuffer {
 public:
  /// For headers of at most `max_header` bytes.
  explicit ReadBuffer(std::size_t max_header);

  std::string_view unread() const { return {bytes_.get() + begin_, end_ - begin_}; }
  bool empty() const { return begin_ == end_; }
  void consume(std::size_t count) { begin_ += count; }
  /// Consumes bytes that stay readable, where they are, until `release`.
  void keep(std::size_t count);

  /// Makes sure that a header and as much again fits behind what was consumed.
  void prepare_header();
  /// Room for what comes next, at least one byte; what is unread may move.
  base::MutableBytes space();
  /// Adds bytes, at most as many as there is room for.
  void append(base::ByteView bytes);
  /// So many bytes of the room were filled.
  void commit(std::size_t count) { end_ += count; }
  /// Nothing that was kept is needed any more.
  void release();
  /// Nothing at all is.
  void clear() { kept_ = begin_ = end_ = 0; }

 private:
  void move_unread(std::size_t to);

  std::size_t max_header_;
  std::size_t capacity_;
  std::unique_ptr<char[]> bytes_;
  std::size_t kept_ = 0;  // nothing before it may be overwritten
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace pixelvault::http
