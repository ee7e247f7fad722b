#include "domain/probe/stepped_probe.hpp"

#include <algorithm>
#include <utility>

namespace pixelvault::domain::probe {

Result<void> BlockProbe::feed(base::ByteView bytes) {
  while (!bytes.empty()) {
    const bool pass = passing();
    const std::size_t used =
        pass ? pass_over(bytes) : std::min(wanted_ - block_.size(), bytes.size());
    bytes_seen_ += used;
    const auto part = bytes.first(used);
    bytes = bytes.subspan(used);
    if (pass) continue;
    if (auto taken = gather(part); !taken) return taken;
  }
  return {};
}

std::size_t BlockProbe::pass_over(base::ByteView bytes) {
  if (ignoring_) return bytes.size();
  if (skip_ > 0) {
    const auto used = static_cast<std::size_t>(std::min<std::uint64_t>(skip_, bytes.size()));
    skip_ -= used;
    return used;
  }
  return pass_to_mark(bytes);
}

std::size_t BlockProbe::pass_to_mark(base::ByteView bytes) {
  const auto found = std::ranges::find(bytes, mark_);
  if (found == bytes.end()) return bytes.size();
  seeking_ = false;
  return static_cast<std::size_t>(found - bytes.begin()) + 1;
}

Result<void> BlockProbe::gather(base::ByteView part) {
  // Most blocks arrive in one piece and are not copied.
  if (block_.empty() && part.size() == wanted_) return take(part);
  block_.insert(block_.end(), part.begin(), part.end());
  if (block_.size() < wanted_) return {};
  // The step sees this block; the next one begins empty.
  const std::vector<std::byte> block = std::exchange(block_, {});
  return take(block);
}

}  // namespace pixelvault::domain::probe
