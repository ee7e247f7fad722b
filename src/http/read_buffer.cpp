#include "http/read_buffer.hpp"

#include <algorithm>
#include <cstring>

namespace pixelvault::http {

// Three headers: requests that follow one another are read on without moving anything, mostly.
// Memory that is not written to costs nothing.
ReadBuffer::ReadBuffer(std::size_t max_header)
    : max_header_(max_header),
      capacity_(3 * max_header),
      bytes_(std::make_unique_for_overwrite<char[]>(capacity_)) {}

void ReadBuffer::keep(std::size_t count) {
  begin_ += count;
  kept_ = begin_;
}

void ReadBuffer::prepare_header() {
  if (capacity_ - begin_ <= 2 * max_header_) move_unread(0);
}

base::MutableBytes ReadBuffer::space() {
  if (empty()) begin_ = end_ = kept_;
  if (end_ == capacity_) move_unread(kept_);
  return std::as_writable_bytes(std::span(bytes_.get() + end_, capacity_ - end_));
}

void ReadBuffer::append(base::ByteView bytes) {
  std::ranges::copy(bytes, space().begin());
  commit(bytes.size());
}

void ReadBuffer::release() {
  kept_ = 0;
  if (empty()) begin_ = end_ = 0;
}

void ReadBuffer::move_unread(std::size_t to) {
  std::memmove(bytes_.get() + to, bytes_.get() + begin_, end_ - begin_);
  end_ -= begin_ - to;
  begin_ = to;
}

}  // namespace pixelvault::http
