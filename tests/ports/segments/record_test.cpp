#include "adapters/segments/record.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <stdexcept>

#include "fuzz/segment_record.hpp"

namespace pixelvault::port_suites {

using adapters::segments::decode_head;
using adapters::segments::decode_segment_header;
using adapters::segments::encode_head;
using adapters::segments::encode_segment_header;
using adapters::segments::head_bytes_for;
using adapters::segments::kMaxKeyBytes;
using adapters::segments::kStateOffset;
using adapters::segments::Record;

namespace {

constexpr std::uint64_t kIdentity = 0x1122334455667788;

Record sample() {
  const std::string key = "proj_1/img_1.jpg";
  return {.key = key,
          .offset = 8192,
          .batch = 4096,
          .payload_bytes = 123'457,
          .written_at = base::from_unix_millis(1'795'341'600'123),
          .head_bytes = head_bytes_for(key.size()),
          .payload_crc = 0xDEADBEEF};
}

/// Whether the head of `record` is refused, as it stands and where it stands.
bool is_refused(const Record& record) {
  const std::string head = encode_head(record, kIdentity);
  return !decode_head(base::as_bytes(head), kIdentity, record.offset);
}

}  // namespace

TEST(SegmentRecord, a_head_reads_as_it_was_written) {
  for (const bool removed : {false, true}) {
    Record record = sample();
    record.removed = removed;
    const std::string head = encode_head(record, kIdentity);
    EXPECT_EQ(head.size(), record.head_bytes);
    EXPECT_EQ(decode_head(base::as_bytes(head), kIdentity, record.offset), record);
  }
}

TEST(SegmentRecord, a_large_payload_begins_with_a_page_and_a_small_one_close_to_its_head) {
  Record record = sample();
  record.payload_bytes = adapters::segments::kPageAlignedPayload;
  for (const std::uint64_t offset : {4096, 8192 - 80, 8192 - 72, 8192 + 8}) {
    lay(record, offset);
    EXPECT_EQ(record.payload() % adapters::segments::kPageBytes, 0U) << offset;
    EXPECT_GE(record.head_bytes, head_bytes_for(record.key.size())) << offset;
    EXPECT_LT(record.head_bytes, head_bytes_for(record.key.size()) + 4096) << offset;
    EXPECT_EQ(decode_head(base::as_bytes(encode_head(record, kIdentity)), kIdentity, offset),
              record);
  }
  record.payload_bytes -= 1;
  lay(record, 8200);
  EXPECT_EQ(record.head_bytes, head_bytes_for(record.key.size()));
}

TEST(SegmentRecord, the_format_does_not_change_by_itself) {
  const std::string head = encode_head(sample(), kIdentity);
  EXPECT_EQ(head.substr(0, 8), std::string("PVRC\x01\x00\x10\x00", 8));
  EXPECT_EQ(head.substr(8, 8), "\x88\x77\x66\x55\x44\x33\x22\x11");
  EXPECT_EQ(head.substr(16, 8), std::string("\x00\x20\x00\x00\x00\x00\x00\x00", 8));
  EXPECT_EQ(head[kStateOffset], 'L');
  EXPECT_EQ(head.substr(64), "proj_1/img_1.jpg");
}

TEST(SegmentRecord, a_changed_byte_of_fields_or_key_is_noticed) {
  const Record record = sample();
  const std::string head = encode_head(record, kIdentity);
  for (std::size_t i = 0; i < head.size(); ++i) {
    if (i >= kStateOffset && i < 64) continue;
    std::string changed = head;
    changed[i] = static_cast<char>(changed[i] ^ 0x10);
    EXPECT_FALSE(decode_head(base::as_bytes(changed), kIdentity, record.offset)) << i;
  }
}

TEST(SegmentRecord, one_byte_removes_a_record) {
  std::string head = encode_head(sample(), kIdentity);
  head[kStateOffset] = 'R';
  EXPECT_TRUE(decode_head(base::as_bytes(head), kIdentity, 8192)->removed);
}

TEST(SegmentRecord, a_head_of_another_segment_or_offset_is_none) {
  const std::string head = encode_head(sample(), kIdentity);
  EXPECT_TRUE(decode_head(base::as_bytes(head), kIdentity, 8192));
  EXPECT_FALSE(decode_head(base::as_bytes(head), kIdentity + 1, 8192));
  EXPECT_FALSE(decode_head(base::as_bytes(head), kIdentity, 8200));
}

TEST(SegmentRecord, a_head_that_is_cut_short_is_none) {
  const std::string head = encode_head(sample(), kIdentity);
  for (std::size_t size = 0; size < head.size(); ++size) {
    const auto part = base::as_bytes(std::string_view(head).substr(0, size));
    EXPECT_FALSE(decode_head(part, kIdentity, 8192)) << size;
  }
}

TEST(SegmentRecord, numbers_that_make_no_sense_are_refused) {
  Record record = sample();
  record.batch = record.offset + 8;
  EXPECT_TRUE(is_refused(record)) << "a batch behind its record";
  record = sample();
  record.batch = 0;
  EXPECT_TRUE(is_refused(record)) << "a batch in the segment's header";
  record = sample();
  record.payload_bytes = std::numeric_limits<std::uint64_t>::max() - 7;
  EXPECT_TRUE(is_refused(record)) << "an end that overflows";
  record = sample();
  record.head_bytes += 4;
  EXPECT_TRUE(is_refused(record)) << "a payload out of line";
}

TEST(SegmentRecord, keys_have_a_length) {
  Record record = sample();
  for (const std::size_t size : {std::size_t{0}, kMaxKeyBytes + 1}) {
    record.key = std::string(size, 'k');
    EXPECT_THROW(encode_head(record, kIdentity), std::logic_error) << size;
  }
  record.key = std::string(kMaxKeyBytes, 'k');
  record.head_bytes = head_bytes_for(kMaxKeyBytes);
  EXPECT_FALSE(is_refused(record));
}

TEST(SegmentRecord, a_segments_header_reads_as_it_was_written) {
  const auto bytes = encode_segment_header({.identity = kIdentity});
  ASSERT_TRUE(decode_segment_header(bytes));
  EXPECT_EQ(decode_segment_header(bytes)->identity, kIdentity);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    auto changed = bytes;
    changed.at(i) ^= std::byte{1};
    EXPECT_FALSE(decode_segment_header(changed)) << i;
    EXPECT_FALSE(decode_segment_header(std::span(bytes).first(i))) << i;
  }
}

TEST(SegmentRecord, what_fuzzing_once_found_stays_mended) {
  for (const auto& entry :
       std::filesystem::directory_iterator(PIXELVAULT_CORPUS "/segment_record")) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string input{std::istreambuf_iterator<char>(file), {}};
    EXPECT_EQ(fuzz::check_segment_record(input), "") << entry.path();
  }
}

}  // namespace pixelvault::port_suites
