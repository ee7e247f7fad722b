#include "app/progress_bar.hpp"

#include <gtest/gtest.h>

namespace pixelvault::app {
namespace {

using std::chrono::seconds;

TEST(ProgressLine, tells_percent_rate_and_what_is_left) {
  EXPECT_EQ(progress_line({.step = "rows", .done = 250, .total = 1000}, seconds(10)),
            "[======>                 ]  25 % rows 250/1000, 25/s, 30 s left");
  EXPECT_EQ(progress_line({.step = "rows", .done = 1, .total = 10'000}, seconds(10)),
            "[>                       ]   0 % rows 1/10000, 0/s, 27 h left");
}

TEST(ProgressLine, tells_bytes_where_they_are_counted) {
  EXPECT_EQ(progress_line({.step = "rows", .done = 4, .total = 4, .bytes = 5U << 20}, seconds(2)),
            "[========================] 100 % rows 4/4, 5 MB, 2/s, 0 s left");
}

TEST(ProgressLine, an_unknown_total_has_no_percent) {
  EXPECT_EQ(progress_line({.step = "blobs", .done = 40}, seconds(4)), "blobs 40, 10/s");
}

TEST(ProgressLine, more_than_was_counted_is_still_hundred_percent) {
  EXPECT_EQ(progress_line({.step = "rows", .done = 5, .total = 4}, seconds(0)),
            "[========================] 100 % rows 5/4, 5000/s, 0 s left");
}

}  // namespace
}  // namespace pixelvault::app
