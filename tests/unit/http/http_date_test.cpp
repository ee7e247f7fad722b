#include "http/http_date.hpp"

#include <gtest/gtest.h>

namespace pixelvault::http {
namespace {

using namespace std::chrono;

// The example of RFC 9110 §5.6.7.
constexpr sys_seconds kExample{784'111'777s};

TEST(HttpDate, is_written_as_an_imf_fixdate) {
  EXPECT_EQ(format_http_date(kExample), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(format_http_date(sys_seconds(0s)), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(format_http_date(sys_seconds(-1s)), "Wed, 31 Dec 1969 23:59:59 GMT");
}

TEST(HttpDate, all_three_forms_are_read) {
  EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), kExample);
  EXPECT_EQ(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT"), kExample);
  EXPECT_EQ(parse_http_date("Sun Nov  6 08:49:37 1994"), kExample);
  EXPECT_EQ(parse_http_date("Wed Nov 16 08:49:37 1994"), kExample + days(10));
}

TEST(HttpDate, two_digit_years_lie_between_1970_and_2069) {
  EXPECT_EQ(parse_http_date("Thursday, 01-Jan-70 00:00:00 GMT"), sys_seconds(0s));
  EXPECT_EQ(parse_http_date("Tuesday, 01-Jan-69 00:00:00 GMT"), sys_days(year(2069) / 1 / 1));
}

TEST(HttpDate, every_day_of_a_leap_cycle_comes_back) {
  const auto last = sys_days(year(2028) / 12 / 31);
  for (auto day = sys_days(year(2024) / 1 / 1); day <= last; day += days(1)) {
    const auto time = day + 23h + 59min + 58s;
    ASSERT_EQ(parse_http_date(format_http_date(time)), time);
  }
}

TEST(HttpDate, a_leap_second_is_the_next_minute) {
  EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:60 GMT"), kExample + 23s);
}

TEST(HttpDate, what_is_no_date_is_refused) {
  for (const auto* text : {"",
                           "now",
                           "784111777",
                           "Sun, 6 Nov 1994 08:49:37 GMT",
                           "Sun, 06 Nov 1994 08:49:37",
                           "Sun, 06 Nov 1994 08:49:37 UTC",
                           "Sun, 06 Nov 1994 08:49:37 GMT ",
                           " Sun, 06 Nov 1994 08:49:37 GMT",
                           "sun, 06 nov 1994 08:49:37 gmt",
                           "Sun, 06 Nov 94 08:49:37 GMT",
                           "Sun, 31 Nov 1994 08:49:37 GMT",
                           "Sun, 29 Feb 2023 08:49:37 GMT",
                           "Sun, 00 Nov 1994 08:49:37 GMT",
                           "Sun, 06 Nov 1994 24:00:00 GMT",
                           "Sun, 06 Nov 1994 08:60:00 GMT",
                           "Sun, 06 Nov 1994 08:49:61 GMT",
                           "Sun, 06 Non 1994 08:49:37 GMT",
                           "Sum, 06 Nov 1994 08:49:37 GMT",
                           "Sun, +6 Nov 1994 08:49:37 GMT",
                           "Sunday, 06-Nov-1994 08:49:37 GMT",
                           "Sun, 06-Nov-94 08:49:37 GMT",
                           "Sun Nov 6 08:49:37 1994",
                           "Sun Nov  06 08:49:37 1994",
                           "Sun Nov  6 08:49:37 1994 GMT"}) {
    EXPECT_FALSE(parse_http_date(text)) << text;
  }
}

}  // namespace
}  // namespace pixelvault::http
