#include "adapters/segments/record.hpp"

#include <algorithm>
#include <stdexcept>

#include "adapters/segments/crc32c.hpp"

namespace pixelvault::adapters::segments {

namespace {

constexpr std::string_view kSegmentMagic = "PVSEGMNT";
constexpr std::string_view kRecordMagic = "PVRC";
constexpr std::uint16_t kVersion = 1;
constexpr std::size_t kHeadChecked = 56;  // bytes in front of the checksum
constexpr std::uint32_t kMaxHeadLength = 64UL * 1024;
constexpr std::uint64_t kMaxPosition = 1ULL << 48;  // beyond any file; sums do not overflow

/// Writes numbers and text one behind the other.
class Encoder {
 public:
  explicit Encoder(std::string& into) : into_(into) {}

  template <class Number>
  Encoder& number(Number value) {
    for (std::size_t i = 0; i < sizeof(Number); ++i) {
      into_.push_back(static_cast<char>(static_cast<std::uint64_t>(value) >> 8 * i));
    }
    return *this;
  }
  Encoder& text(std::string_view value) {
    into_ += value;
    return *this;
  }

 private:
  std::string& into_;
};

/// Reads what `Encoder` wrote. The caller has made sure that the bytes suffice.
class Decoder {
 public:
  explicit Decoder(base::ByteView from) : from_(from) {}

  template <class Number>
  Number number() {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(Number); ++i) {
      value |= std::to_integer<std::uint64_t>(from_[i]) << 8 * i;
    }
    from_ = from_.subspan(sizeof(Number));
    return static_cast<Number>(value);
  }
  std::string_view text(std::size_t length) {
    const auto taken = base::as_text(from_.first(length));
    from_ = from_.subspan(length);
    return taken;
  }

 private:
  base::ByteView from_;
};

std::uint32_t head_crc(base::ByteView fields, std::string_view key) {
  return crc32c(base::as_bytes(key), crc32c(fields.first(kHeadChecked)));
}

/// Whether numbers that a checksum vouches for also make sense together.
bool is_sound(const Record& record, std::uint64_t offset) {
  return record.offset == offset && record.offset < kMaxPosition && record.batch <= offset &&
         record.batch >= kFirstRecord && record.payload_bytes < kMaxPosition &&
         record.head_bytes >= head_bytes_for(record.key.size()) &&
         record.head_bytes <= kMaxHeadLength && record.head_bytes % kRecordAlignment == 0;
}

}  // namespace

void require_key(std::string_view key) {
  if (!key.empty() && key.size() <= kMaxKeyBytes) return;
  throw std::logic_error("blobs: not a key: " + std::string(key));
}

std::array<std::byte, kSegmentHeaderBytes> encode_segment_header(const SegmentHeader& header) {
  std::string text;
  Encoder encoder(text);
  encoder.text(kSegmentMagic).number(std::uint32_t{kVersion}).number(std::uint32_t{0});
  encoder.number(header.identity);
  encoder.number(crc32c(base::as_bytes(text)));
  std::array<std::byte, kSegmentHeaderBytes> bytes;
  std::ranges::copy(base::as_bytes(text), bytes.begin());
  return bytes;
}

std::optional<SegmentHeader> decode_segment_header(base::ByteView bytes) {
  if (bytes.size() < kSegmentHeaderBytes) return std::nullopt;
  Decoder decoder(bytes);
  if (decoder.text(kSegmentMagic.size()) != kSegmentMagic) return std::nullopt;
  const auto version = decoder.number<std::uint32_t>();
  decoder.number<std::uint32_t>();
  const SegmentHeader header{.identity = decoder.number<std::uint64_t>()};
  const bool intact = decoder.number<std::uint32_t>() ==
                      crc32c(bytes.first(kSegmentHeaderBytes - sizeof(std::uint32_t)));
  if (version != kVersion || !intact) return std::nullopt;
  return header;
}

std::uint32_t head_bytes_for(std::size_t key_bytes) {
  return static_cast<std::uint32_t>(align_up(kFixedHeadBytes + key_bytes, kRecordAlignment));
}

void lay(Record& record, std::uint64_t offset) {
  record.offset = offset;
  record.head_bytes = head_bytes_for(record.key.size());
  if (record.payload_bytes < kPageAlignedPayload) return;
  record.head_bytes = static_cast<std::uint32_t>(align_up(record.payload(), kPageBytes) - offset);
}

std::string encode_head(const Record& record, std::uint64_t identity) {
  require_key(record.key);
  std::string head;
  head.reserve(record.head_bytes);
  Encoder encoder(head);
  encoder.text(kRecordMagic).number(kVersion).number(static_cast<std::uint16_t>(record.key.size()));
  encoder.number(identity).number(record.offset).number(record.batch);
  encoder.number(record.payload_bytes).number(base::to_unix_millis(record.written_at));
  encoder.number(record.head_bytes).number(record.payload_crc);
  encoder.number(head_crc(base::as_bytes(head), record.key));
  head.push_back(static_cast<char>(record.removed ? kRemoved : kLive));
  head.resize(kFixedHeadBytes);
  head += record.key;
  head.resize(record.head_bytes);
  return head;
}

std::optional<Record> decode_head(base::ByteView bytes, std::uint64_t identity,
                                  std::uint64_t offset) {
  if (bytes.size() < kFixedHeadBytes || !looks_like_head(bytes)) return std::nullopt;
  Decoder decoder(bytes.subspan(kRecordMagic.size()));
  const auto version = decoder.number<std::uint16_t>();
  const auto key_bytes = decoder.number<std::uint16_t>();
  if (key_bytes == 0 || key_bytes > kMaxKeyBytes) return std::nullopt;
  if (version != kVersion || bytes.size() < kFixedHeadBytes + key_bytes) return std::nullopt;
  const auto owner = decoder.number<std::uint64_t>();
  Record record;
  record.key = base::as_text(bytes.subspan(kFixedHeadBytes, key_bytes));
  record.offset = decoder.number<std::uint64_t>();
  record.batch = decoder.number<std::uint64_t>();
  record.payload_bytes = decoder.number<std::uint64_t>();
  record.written_at = base::from_unix_millis(decoder.number<std::int64_t>());
  record.head_bytes = decoder.number<std::uint32_t>();
  record.payload_crc = decoder.number<std::uint32_t>();
  const bool intact = decoder.number<std::uint32_t>() == head_crc(bytes, record.key);
  const auto state = std::byte{decoder.number<std::uint8_t>()};
  record.removed = state == kRemoved;
  if (!intact || owner != identity || !is_sound(record, offset)) return std::nullopt;
  return record;
}

bool looks_like_head(base::ByteView bytes) {
  return bytes.size() >= kRecordMagic.size() &&
         base::as_text(bytes.first(kRecordMagic.size())) == kRecordMagic;
}

}  // namespace pixelvault::adapters::segments
