// CRC-32 of ISO-HDLC, the one of zlib and PNG (RFC 1952 §8), for short texts and headers. Pure.
#pragma once

#include <cstdint>

#include "base/bytes.hpp"

namespace pixelvault::base {

std::uint32_t crc32(ByteView bytes);

}  // namespace pixelvault::base
