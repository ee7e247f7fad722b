#include "adapters/segments/large_blob.hpp"

#include <vector>

#include "adapters/posix/extent_calls.hpp"
#include "adapters/posix/file_calls.hpp"
#include "adapters/segments/record.hpp"
#include "adapters/segments/segment_writer.hpp"
#include "adapters/segments/syncs.hpp"

namespace pixelvault::adapters::segments {

using namespace posix;  // the system calls

LargeBlob::~LargeBlob() {
  // Should it stay, it is a segment without a record, which the next start removes.
  if (!committed_) folder_.try_remove(segment_.number);
}

void LargeBlob::append(BlobBuffer& buffer) {
  std::vector<iovec> parts;
  buffer.add_parts(parts);
  write_parts(segment_.file, parts, kOffset + kHeadBytes + size_);
  size_ += buffer.size();
  buffer.clear();
}

/// Everything with one sync, then the name. The name is a finished one before it is durable: a
/// crash between the two leaves a whole record under either, or nothing.
std::uint32_t LargeBlob::commit(const std::string& key, std::uint32_t crc, base::Timestamp now) {
  const Record record{.key = key,
                      .offset = kOffset,
                      .batch = kOffset,
                      .payload_bytes = size_,
                      .written_at = now,
                      .head_bytes = kHeadBytes,
                      .payload_crc = crc};
  const auto identity = write_identity(segment_.file, random_);
  write_at(segment_.file, base::as_bytes(encode_head(record, identity)), kOffset);
  syncs().data(segment_.file);
  folder_.finish(segment_);
  folder_.sync();
  committed_ = true;
  return segment_.number;
}

}  // namespace pixelvault::adapters::segments
