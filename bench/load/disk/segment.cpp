#include "load/disk/segment.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <string>
#include <utility>

namespace pixelvault::bench {
namespace {

constexpr std::uint64_t kSegmentBytes = 256ULL << 20;
constexpr std::uint64_t kMagic = 0x31676573'76657870;

}  // namespace

Segment::Segment(std::filesystem::path folder) : folder_(std::move(folder)) { begin_next(); }

std::span<const Place> Segment::append(std::span<const Blob> blobs) {
  headers_.clear();
  parts_.clear();
  places_.clear();
  headers_.reserve(blobs.size());  // the parts point into it
  if (position_ >= kSegmentBytes) begin_next();
  auto position = position_;
  for (const auto& blob : blobs) {
    const auto& header = headers_.emplace_back(kMagic, blob.number, blob.bytes.size(), 0U);
    parts_.push_back(part_of({reinterpret_cast<const char*>(&header), sizeof header}));
    parts_.push_back(part_of(blob.bytes));
    places_.push_back({.segment = segment_, .position = position});
    position += sizeof header + blob.bytes.size();
  }
  write_all(file_.get(), parts_, position_);
  check(fdatasync(file_.get()), "fdatasync");
  position_ = position;
  return places_;
}

/// A segment may grow a little over its size, by the batch that filled it.
void Segment::begin_next() {
  ++segment_;
  const auto path = folder_ / ("segment-" + std::to_string(segment_));
  file_.reset(open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600));
  check(file_.get(), "open");
  check(fallocate(file_.get(), 0, 0, static_cast<off_t>(kSegmentBytes)), "fallocate");
  const base::UniqueFd folder(open(folder_.c_str(), O_DIRECTORY | O_RDONLY | O_CLOEXEC));
  check(folder.get(), "open");
  check(fsync(folder.get()), "fsync");
  position_ = 0;
}

}  // namespace pixelvault::bench
