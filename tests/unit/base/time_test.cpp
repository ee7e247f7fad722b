#include "base/time.hpp"

#include <gtest/gtest.h>

namespace pixelvault::base {
namespace {

TEST(Time, points_are_written_as_rfc_3339) {
  EXPECT_EQ(to_rfc3339(from_unix_millis(0)), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(to_rfc3339(from_unix_millis(1'795'341'600'123)), "2026-11-22T10:00:00.123Z");
  EXPECT_EQ(to_rfc3339(from_unix_millis(951'782'399'999)), "2000-02-28T23:59:59.999Z");
  EXPECT_EQ(to_rfc3339(from_unix_millis(951'782'400'000)), "2000-02-29T00:00:00.000Z");
  EXPECT_EQ(to_rfc3339(from_unix_millis(-1)), "1969-12-31T23:59:59.999Z");
}

TEST(Time, milliseconds_come_back) {
  for (const std::int64_t millis : {0LL, 1LL, -1LL, 1'795'341'600'123LL}) {
    EXPECT_EQ(to_unix_millis(from_unix_millis(millis)), millis);
  }
}

}  // namespace
}  // namespace pixelvault::base
