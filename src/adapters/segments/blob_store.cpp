#include "adapters/segments/blob_store.hpp"

#include <string>
#include <utility>
#include <vector>

#include "adapters/posix/extent_calls.hpp"
#include "adapters/posix/file_calls.hpp"
#include "adapters/posix/region_source.hpp"
#include "adapters/segments/blob_walk.hpp"
#include "adapters/segments/recovery.hpp"
#include "adapters/segments/segment_reader.hpp"
#include "adapters/segments/syncs.hpp"
#include "base/unavailable.hpp"

namespace pixelvault::adapters::segments {

using namespace posix;  // the system calls

using base::FileRegion;
using base::Unavailable;
using domain::BlobPlace;
using ports::BlobRef;

namespace {

constexpr const char* kHealthFile = "health";

FileRegion part_of(const OpenSegments::File& file, const KnownBlob& blob, const std::string& key,
                   std::uint64_t offset, std::uint64_t length) {
  if (offset > blob.bytes || length > blob.bytes - offset) {
    throw Unavailable(Unavailable::Kind::Fail, "blobs: " + key + " is shorter than its record");
  }
  return {.file = file, .offset = blob.payload + offset, .length = length};
}

/// The record, if it is that blob's, removed or not.
std::optional<Record> find_record(const base::UniqueFd& file, const std::string& key,
                                  const BlobPlace& place) {
  auto record = SegmentReader(file).at(place.offset);
  if (record && record->key != key) record.reset();
  return record;
}

}  // namespace

SegmentBlobStore::SegmentBlobStore(const Options& options, const ports::Clock& clock,
                                   ports::RandomSource& random)
    : folder_(options.root),
      known_(options.known_blobs),
      open_(folder_, options.open_segments,
            [this](std::uint32_t number, std::vector<Extent> extents) {
              reclaimer_.reclaim(number, std::move(extents));
            }),
      reclaimer_(folder_, open_),
      memory_(options.memory_bytes),
      committer_(folder_, random, {.segment_bytes = options.segment_bytes, .queue = options.queue},
                 [this](std::uint32_t number) { reclaimer_.look_at(number); }),
      writes_({.name = "blobs-write", .threads = options.threads, .queue = options.queue}),
      reads_({.name = "blobs-read", .threads = options.threads, .queue = options.queue}),
      writer_parts_{.folder = folder_,
                    .committer = committer_,
                    .known = known_,
                    .memory = memory_,
                    .threads = writes_,
                    .clock = clock,
                    .random = random,
                    .large_bytes = options.large_bytes} {
  recover_segments(folder_);
}

SegmentBlobStore::~SegmentBlobStore() {
  open_.close();  // while the reclaimer still hears what nobody reads
}

base::task<std::unique_ptr<ports::BlobWriter>> SegmentBlobStore::create() {
  co_return std::make_unique<SegmentBlobWriter>(writer_parts_);
}

base::task<std::optional<ports::BlobBody>> SegmentBlobStore::open(BlobRef blob,
                                                                  std::uint64_t offset,
                                                                  std::uint64_t length) {
  const auto found = co_await find(blob);
  if (!found) co_return std::nullopt;
  co_return part_of(found->file, found->blob, blob.key, offset, length);
}

base::task<std::unique_ptr<base::ByteSource>> SegmentBlobStore::read(BlobRef blob,
                                                                     std::uint64_t length) {
  const auto found = co_await find(blob);
  if (!found) co_return nullptr;
  co_return std::make_unique<RegionSource>(
      part_of(found->file, found->blob, blob.key, /*offset=*/0, length), reads_);
}

base::task<void> SegmentBlobStore::remove(BlobRef blob) {
  if (!blob.place) co_return;
  const BlobPlace place = *blob.place;
  co_await writes_.run([&] { remove_record(blob.key, place); });
}

base::task<std::unique_ptr<ports::BlobWalk>> SegmentBlobStore::walk() {
  co_return std::make_unique<SegmentWalk>(folder_, reads_);
}

base::task<void> SegmentBlobStore::check() {
  co_await writes_.run([this] {
    if (free_space(folder_.directory()) == 0) {
      throw Unavailable(Unavailable::Kind::DiskFull, "blobs: no space is left");
    }
    const auto file = open_or_create(folder_.directory(), kHealthFile);
    write_at(file, base::as_bytes("ok"), 0);
    syncs().data(file);
  });
}

/// Suspends nobody when the blob is known.
base::task<std::optional<SegmentBlobStore::Found>> SegmentBlobStore::find(const BlobRef& blob) {
  if (!blob.place) co_return std::nullopt;
  const BlobPlace place = *blob.place;
  if (auto known = find_known(blob.key, place)) co_return known;
  co_return co_await reads_.run([&] { return look_up(blob.key, place); });
}

/// The file first, then whether the blob is there: a removal in between waits for that file.
std::optional<SegmentBlobStore::Found> SegmentBlobStore::find_known(const std::string& key,
                                                                    const BlobPlace& place) {
  auto file = open_.find(place.segment);
  if (!file) return std::nullopt;
  const auto known = known_.find(place);
  if (!known || known->key_hash != hash_key(key)) return std::nullopt;
  return Found{.file = std::move(file), .blob = *known};
}

std::optional<SegmentBlobStore::Found> SegmentBlobStore::look_up(const std::string& key,
                                                                 const BlobPlace& place) {
  const auto forgotten = known_.forgotten();
  auto file = open_.open(place.segment);
  if (!file) return std::nullopt;
  const auto record = find_record(*file, key, place);
  if (!record || record->removed) return std::nullopt;
  known_.keep(place, known_blob(*record), forgotten);
  return Found{.file = std::move(file), .blob = known_blob(*record)};
}

/// The mark is durable before the space is given back: no record that counts ever reads as zeros.
void SegmentBlobStore::remove_record(const std::string& key, const BlobPlace& place) {
  const auto file = folder_.find(place.segment, SegmentFolder::Access::Write);
  if (!file) return;
  const auto record = find_record(*file, key, place);
  if (!record) return;
  mark_removed(*file, *record);
  known_.forget(place);
  std::vector<Extent> payload{{.offset = record->payload(), .length = record->payload_bytes}};
  open_.release(place.segment, std::move(payload));
}

}  // namespace pixelvault::adapters::segments
