// What must hold for any bytes that are read as the head of a segment's record or as its header.
// Used by the fuzz target and by the test that replays its corpus.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "adapters/segments/crc32c.hpp"
#include "adapters/segments/record.hpp"

namespace pixelvault::fuzz {

namespace segments = adapters::segments;

/// Sixteen bytes say which segment and offset the rest is read as.
inline std::uint64_t take_number(std::string_view& input) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < std::min<std::size_t>(input.size(), 8); ++i) {
    value |= std::uint64_t{static_cast<unsigned char>(input[i])} << 8 * i;
  }
  input.remove_prefix(std::min<std::size_t>(input.size(), 8));
  return value;
}

/// Makes the bytes a head whose checksum is right, so that what lies behind it is reached.
inline std::string with_right_checksum(std::string_view head) {
  constexpr std::size_t kChecked = 56;
  std::string whole(head);
  whole.resize(std::max<std::size_t>(whole.size(), segments::kMaxHeadBytes));
  const std::size_t key = static_cast<unsigned char>(whole[6]) +
                          std::size_t{static_cast<unsigned char>(whole[7])} * 256;
  const auto text = std::string_view(whole);
  const auto fields = segments::crc32c(base::as_bytes(text.substr(0, kChecked)));
  const auto crc =
      segments::crc32c(base::as_bytes(text.substr(segments::kFixedHeadBytes, key)), fields);
  for (std::size_t i = 0; i < 4; ++i) whole[kChecked + i] = static_cast<char>(crc >> 8 * i);
  return whole;
}

/// The empty text, or what is wrong.
inline std::string check_head(std::string_view head, std::uint64_t identity, std::uint64_t offset) {
  const auto record = segments::decode_head(base::as_bytes(head), identity, offset);
  if (!record) return "";
  if (record->offset != offset) return "a record at another offset\n";
  if (record->payload() <= offset || record->end() < record->payload()) return "an overflow\n";
  if (record->end() - record->payload() < record->payload_bytes) return "a payload cut short\n";
  const std::string again = segments::encode_head(*record, identity);
  if (segments::decode_head(base::as_bytes(again), identity, offset) != record) {
    return "a head that does not read as it was written\n";
  }
  return "";
}

inline std::string check_segment_record(std::string_view input) {
  segments::decode_segment_header(base::as_bytes(input));
  const std::uint64_t identity = take_number(input);
  const std::uint64_t offset = take_number(input);
  if (auto problem = check_head(input, identity, offset); !problem.empty()) return problem;
  return check_head(with_right_checksum(input), identity, offset);
}

}  // namespace pixelvault::fuzz
