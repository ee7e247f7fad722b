// The format of a segment file: a header with the segment's identity, then records, each a head
// (fixed fields and the key) followed by the bytes of one blob. Every number is little-endian.
// Pure.
//
//   segment   "PVSEGMNT" · version u32 · 0 u32 · identity u64 · CRC-32C u32; records from byte 4096
//   head  0   "PVRC" · version u16 · key length u16
//         8   identity of the segment u64 · offset of this record u64 · offset of its batch u64
//        32   payload length u64 · time of the write, Unix ms, i64
//        48   head length u32 · CRC-32C of the payload u32 · CRC-32C of bytes 0..56 and the key u32
//        60   state u8: 'L' live, 'R' removed · 0 · 0 · 0
//        64   key; the payload begins at "head length", a multiple of 8, as the next record does;
//             one of 64 KiB or more begins with a page
//
// The identity is random and unknown to clients, and a record says where it lies: bytes inside a
// picture that look like a record are none. The state is outside of the checksum, so that one byte
// removes a record. A batch is written after the one before it was synced, so that a record proves
// everything in front of its batch.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/time.hpp"

namespace pixelvault::adapters::segments {

inline constexpr std::uint64_t kFirstRecord = 4096;
inline constexpr std::uint64_t kRecordAlignment = 8;
/// A batch begins with a page, so that no later one writes into a page that was acknowledged.
inline constexpr std::uint64_t kBatchAlignment = 4096;
/// The kernel sends whole pages for about half of what the same bytes across pages cost it: from
/// this length on a payload begins with a page, for which at most 1/16 of it is given away.
inline constexpr std::uint64_t kPageAlignedPayload = 64UL * 1024;
inline constexpr std::uint64_t kPageBytes = 4096;
inline constexpr std::size_t kFixedHeadBytes = 64;
inline constexpr std::size_t kMaxKeyBytes = 448;
/// No fixed fields and key are longer.
inline constexpr std::size_t kMaxHeadBytes = kFixedHeadBytes + kMaxKeyBytes;
/// Where the state byte is within a record, and its values.
inline constexpr std::uint64_t kStateOffset = 60;
inline constexpr std::byte kLive{'L'};
inline constexpr std::byte kRemoved{'R'};

constexpr std::uint64_t align_up(std::uint64_t offset, std::uint64_t alignment) {
  return (offset + alignment - 1) / alignment * alignment;
}

struct SegmentHeader {
  std::uint64_t identity = 0;
};

inline constexpr std::size_t kSegmentHeaderBytes = 28;
std::array<std::byte, kSegmentHeaderBytes> encode_segment_header(const SegmentHeader& header);
/// Nothing when `bytes` do not begin with a header.
std::optional<SegmentHeader> decode_segment_header(base::ByteView bytes);

struct Record {
  std::string key;
  std::uint64_t offset = 0;         ///< of the record in its segment
  std::uint64_t batch = 0;          ///< offset of the first record of its batch
  std::uint64_t payload_bytes = 0;  ///< length of the blob
  base::Timestamp written_at = {};
  std::uint32_t head_bytes = 0;  ///< from the record to its payload
  std::uint32_t payload_crc = 0;
  bool removed = false;

  std::uint64_t payload() const { return offset + head_bytes; }
  /// Where the next record begins.
  std::uint64_t end() const { return align_up(payload() + payload_bytes, kRecordAlignment); }

  friend bool operator==(const Record&, const Record&) = default;
};

/// A key that is empty or too long is a `std::logic_error`: keys are made by the program.
void require_key(std::string_view key);
/// The least head length of a record with that key.
std::uint32_t head_bytes_for(std::size_t key_bytes);
/// Gives a record its place at `offset`, with the head length that suits its payload.
void lay(Record& record, std::uint64_t offset);
/// The head, `head_bytes` long.
std::string encode_head(const Record& record, std::uint64_t identity);
/// The record at `offset` whose head begins with `bytes`, of which `kMaxHeadBytes` are enough.
/// Nothing when that is no head of this segment and offset.
std::optional<Record> decode_head(base::ByteView bytes, std::uint64_t identity,
                                  std::uint64_t offset);
/// Whether a head could begin with these bytes; cheap, for searching.
bool looks_like_head(base::ByteView bytes);

}  // namespace pixelvault::adapters::segments
