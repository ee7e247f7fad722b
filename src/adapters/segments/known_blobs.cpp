#include "adapters/segments/known_blobs.hpp"

#include <functional>
#include <utility>

namespace pixelvault::adapters::segments {

using domain::BlobPlace;

std::size_t hash_key(std::string_view key) { return std::hash<std::string_view>()(key); }

KnownBlob known_blob(const Record& record) {
  return {
      .key_hash = hash_key(record.key), .payload = record.payload(), .bytes = record.payload_bytes};
}

std::size_t KnownBlobs::Hash::operator()(const BlobPlace& place) const noexcept {
  constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15;  // spreads neighbours
  return ((place.offset / kRecordAlignment) ^ std::uint64_t{place.segment} << 40) * kOdd >> 20;
}

std::optional<KnownBlob> KnownBlobs::find(const BlobPlace& place) {
  Shard& in = shard(place);
  const std::lock_guard lock(in.mutex);
  if (const auto found = in.young.find(place); found != in.young.end()) return found->second;
  const auto found = in.old.find(place);
  if (found == in.old.end()) return std::nullopt;
  const KnownBlob blob = found->second;
  put(in, place, blob);
  return blob;
}

void KnownBlobs::keep(const BlobPlace& place, const KnownBlob& blob, std::uint64_t before) {
  Shard& in = shard(place);
  const std::lock_guard lock(in.mutex);
  if (forgotten_ == before) put(in, place, blob);
}

void KnownBlobs::forget(const BlobPlace& place) {
  ++forgotten_;  // first: a `keep` that does not see it yet is undone below
  Shard& in = shard(place);
  const std::lock_guard lock(in.mutex);
  in.young.erase(place);
  in.old.erase(place);
}

void KnownBlobs::put(Shard& shard, const BlobPlace& place, const KnownBlob& blob) const {
  if (shard.young.size() >= shard_limit_) shard.old = std::exchange(shard.young, {});
  shard.young.insert_or_assign(place, blob);
}

}  // namespace pixelvault::adapters::segments
