#include "base/crc32.hpp"

#include <gtest/gtest.h>

namespace pixelvault::base {
namespace {

// The check value of the CRC catalogue, and the end chunk of every PNG.
TEST(Crc32, gives_the_published_values) {
  EXPECT_EQ(crc32(as_bytes("123456789")), 0xCBF43926U);
  EXPECT_EQ(crc32(as_bytes("IEND")), 0xAE426082U);
  EXPECT_EQ(crc32({}), 0U);
}

}  // namespace
}  // namespace pixelvault::base
