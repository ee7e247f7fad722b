// CRC-32C (Castagnoli, RFC 3720 §12.1), the checksum of what lies in a segment: with the
// processor's own instruction where it has one it costs a tenth of the copy that it goes along
// with. Pure.
#pragma once

#include <cstdint>

#include "base/bytes.hpp"

namespace pixelvault::adapters::segments {

/// The checksum of `bytes` behind others whose checksum is `before`.
std::uint32_t crc32c(base::ByteView bytes, std::uint32_t before = 0);
/// The same without the instruction, for processors that lack it.
std::uint32_t crc32c_in_software(base::ByteView bytes, std::uint32_t before = 0);

}  // namespace pixelvault::adapters::segments
