#include "adapters/segments/segment_writer.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <exception>
#include <string>
#include <vector>

#include "adapters/posix/extent_calls.hpp"
#include "adapters/posix/file_calls.hpp"
#include "adapters/segments/syncs.hpp"
#include "base/log.hpp"
#include "base/unavailable.hpp"

namespace pixelvault::adapters::segments {

using namespace posix;  // the system calls

using base::Unavailable;

namespace {

constexpr std::uint64_t kLeastReserved = 1024UL * 1024;
constexpr std::uint64_t kShareOfFreeSpace = 8;  // the database needs room as well

/// What to reserve on a disk with that much free space.
std::uint64_t reservation(const SegmentWriter::Options& options, std::uint64_t free_bytes) {
  const std::uint64_t affordable = std::max(free_bytes / kShareOfFreeSpace, kLeastReserved);
  return std::max(options.need, std::min(options.bytes, affordable));
}

/// Whether `bytes` could be reserved; a full disk says no.
bool try_reserve(const base::UniqueFd& file, std::uint64_t bytes) {
  try {
    reserve_space(file, bytes);
    return true;
  } catch (const Unavailable& error) {
    if (error.kind() != Unavailable::Kind::DiskFull) throw;
    truncate_file(file, 0);  // part of it may have been reserved
    return false;
  }
}

/// Gives the blobs of a batch their places one behind the other; returns the end of the last.
std::uint64_t lay_out(std::span<PendingBlob* const> batch, std::uint64_t start) {
  std::uint64_t offset = start;
  for (PendingBlob* blob : batch) {
    lay(blob->record, offset);
    blob->record.batch = start;
    offset = blob->record.end();
  }
  return offset;
}

/// Where the record of a blob would end that begins at `offset`.
std::uint64_t end_at(const PendingBlob& blob, std::uint64_t offset) {
  Record record = blob.record;
  lay(record, offset);
  return record.end();
}

/// The parts of a batch in the order of the file.
class Gathering {
 public:
  explicit Gathering(std::span<PendingBlob* const> batch, std::uint64_t identity) {
    heads_.reserve(batch.size());  // the parts point into it
    for (const PendingBlob* blob : batch) add(*blob, identity);
  }

  std::span<iovec> parts() { return parts_; }

 private:
  void add(const PendingBlob& blob, std::uint64_t identity) {
    std::string& head = heads_.emplace_back(encode_head(blob.record, identity));
    parts_.push_back({.iov_base = head.data(), .iov_len = head.size()});
    blob.bytes.add_parts(parts_);
    const Record& record = blob.record;
    parts_.push_back({.iov_base = padding_.data(),
                      .iov_len = record.end() - record.payload() - record.payload_bytes});
  }

  std::vector<std::string> heads_;
  std::vector<iovec> parts_;
  std::array<std::byte, kRecordAlignment> padding_{};
};

}  // namespace

std::uint64_t write_identity(const base::UniqueFd& file, ports::RandomSource& random) {
  std::array<std::uint8_t, sizeof(std::uint64_t)> bytes{};
  random.fill(bytes);
  const auto identity = std::bit_cast<std::uint64_t>(bytes);
  write_at(file, encode_segment_header({.identity = identity}), 0);
  return identity;
}

SegmentWriter::SegmentWriter(SegmentFolder& folder, ports::RandomSource& random,
                             const Options& options)
    : folder_(folder), segment_(folder.create()) {
  try {
    reserve(options);
    identity_ = write_identity(segment_.file, random);
  } catch (...) {
    folder_.try_remove(segment_.number);
    throw;
  }
}

SegmentWriter::~SegmentWriter() {
  try {
    finish();
  } catch (const std::exception& error) {
    spdlog::error("segment {} stays unfinished: {}", segment_.number, error.what());
  }
}

void SegmentWriter::reserve(const Options& options) {
  size_ = reservation(options, free_space(folder_.directory()));
  while (!try_reserve(segment_.file, size_)) {
    if (size_ == options.need) throw Unavailable(Unavailable::Kind::DiskFull, "blobs: disk full");
    size_ = std::max(size_ / 2, options.need);
  }
}

void SegmentWriter::finish() {
  if (end_ == kFirstRecord) return folder_.remove(segment_.number);
  truncate_file(segment_.file, end_);
  folder_.finish(segment_);
}

std::uint64_t SegmentWriter::bytes_for(const PendingBlob& blob) {
  return end_at(blob, kFirstRecord);
}

std::size_t SegmentWriter::count_fitting(std::span<PendingBlob* const> batch) const {
  std::uint64_t offset = align_up(end_, kBatchAlignment);
  const auto overflows = [&](const PendingBlob* blob) {
    offset = end_at(*blob, offset);
    return offset > size_;
  };
  return static_cast<std::size_t>(std::ranges::find_if(batch, overflows) - batch.begin());
}

void SegmentWriter::append(std::span<PendingBlob* const> batch) {
  const std::uint64_t start = align_up(end_, kBatchAlignment);
  const std::uint64_t end = lay_out(batch, start);
  Gathering gathering(batch, identity_);
  write_parts(segment_.file, gathering.parts(), start);
  syncs().data(segment_.file);
  if (!named_) folder_.sync();
  named_ = true;
  end_ = end;
}

}  // namespace pixelvault::adapters::segments
