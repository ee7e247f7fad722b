// What the binary formats' probes are built on. A probe says which bytes it wants next and which
// member function takes them; the base gathers them from whatever portions arrive and passes over
// the rest, so that portioning cannot change a result. It keeps no more than the block being
// gathered.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "domain/probe/probe.hpp"

namespace pixelvault::domain::probe {

class BlockProbe : public Probe {
 public:
  Result<void> feed(base::ByteView bytes) final;

 protected:
  /// Takes a block of exactly the size that was asked for, and asks for the next one.
  virtual Result<void> take(base::ByteView block) = 0;

  /// Asks for a block, after what is passed over; `size` is at least 1.
  void want(std::size_t size) { wanted_ = size; }
  /// Passes over `size` bytes before the next block.
  void skip(std::uint64_t size) { skip_ = size; }
  /// Passes over everything up to and including the next `mark`, before the next block.
  void skip_past(std::byte mark) {
    mark_ = mark;
    seeking_ = true;
  }
  /// Nothing that follows matters.
  void ignore_rest() { ignoring_ = true; }

  bool ignoring_rest() const { return ignoring_; }
  /// Nothing has been skipped or gathered in part: the next byte begins a block.
  bool between_blocks() const { return skip_ == 0 && block_.empty(); }
  std::uint64_t bytes_seen() const { return bytes_seen_; }

 private:
  bool passing() const { return ignoring_ || skip_ > 0 || seeking_; }
  std::size_t pass_over(base::ByteView bytes);
  std::size_t pass_to_mark(base::ByteView bytes);
  Result<void> gather(base::ByteView part);

  std::uint64_t bytes_seen_ = 0;
  std::uint64_t skip_ = 0;
  std::byte mark_{};
  bool seeking_ = false;
  std::size_t wanted_ = 1;
  std::vector<std::byte> block_;
  bool ignoring_ = false;
};

/// `class PngProbe : public SteppedProbe<PngProbe>`: its steps are member functions.
template <class Self>
class SteppedProbe : public BlockProbe {
 protected:
  using Step = Result<void> (Self::*)(base::ByteView block);

  /// The first block of the file; for constructors.
  void begin(std::size_t size, Step step) {
    want(size);
    step_ = step;
  }
  /// `return read(8, &PngProbe::on_chunk_header);`
  Result<void> read(std::size_t size, Step step) {
    begin(size, step);
    return {};
  }
  bool awaiting(Step step) const { return step_ == step; }

 private:
  friend Self;
  SteppedProbe() = default;

  Result<void> take(base::ByteView block) final {
    return (static_cast<Self*>(this)->*step_)(block);
  }

  Step step_ = nullptr;
};

}  // namespace pixelvault::domain::probe
