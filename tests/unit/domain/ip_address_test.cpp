#include "domain/ip_address.hpp"

#include <gtest/gtest.h>

#include <string>

namespace pixelvault::domain {
namespace {

IpAddress v6(IpAddress::V6 bytes) { return IpAddress(bytes); }

TEST(IpAddress, four_decimal_numbers_are_an_ipv4_address) {
  EXPECT_EQ(parse_ipv4("192.0.2.255"), IpAddress(IpAddress::V4{192, 0, 2, 255}));
  EXPECT_EQ(parse_ipv4("0.0.0.0"), IpAddress(IpAddress::V4{}));
}

TEST(IpAddress, other_spellings_of_ipv4_are_refused) {
  for (const std::string text :
       {"", "1", "127.1", "2130706433", "0x7f000001", "017700000001", "0x7f.0.0.1", "0177.0.0.1",
        "127.0.0.01", "127.0.0.1.", "127.0.0.256", "127.0.0.-1", "127.0.0.+1", " 127.0.0.1",
        "127.0.0.1 ", "127..0.1", "1.2.3.4.5", "1.2.3.4444"}) {
    EXPECT_FALSE(parse_ipv4(text).has_value()) << text;
  }
}

TEST(IpAddress, ipv6_is_read_in_all_its_forms) {
  EXPECT_EQ(parse_ipv6("::"), v6({}));
  EXPECT_EQ(parse_ipv6("::1"), v6({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}));
  EXPECT_EQ(parse_ipv6("1:2:3:4:5:6:7:8"), v6({0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8}));
  EXPECT_EQ(parse_ipv6("2001:DB8::abcd:0:12"),
            v6({0x20, 1, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0xAB, 0xCD, 0, 0, 0, 0x12}));
  EXPECT_EQ(parse_ipv6("fe80::"), v6({0xFE, 0x80}));
  EXPECT_EQ(parse_ipv6("1:2:3:4:5:6:7::"), v6({0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7}));
  EXPECT_EQ(parse_ipv6("::ffff:10.0.0.1"),
            v6({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 10, 0, 0, 1}));
  EXPECT_EQ(parse_ipv6("1:2:3:4:5:6:9.8.7.6"),
            v6({0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 9, 8, 7, 6}));
}

TEST(IpAddress, what_is_not_ipv6_is_refused) {
  for (const std::string text : {"",
                                 ":",
                                 ":::",
                                 "1",
                                 "1:2:3:4:5:6:7",
                                 "1:2:3:4:5:6:7:8:9",
                                 "1:2:3:4:5:6:7:8::",
                                 "::1::",
                                 "1::2::3",
                                 "12345::",
                                 "g::",
                                 "::1:",
                                 ":1::",
                                 "fe80::1%eth0",
                                 "::1.2.3",
                                 "::1.2.3.4:5",
                                 "1.2.3.4::",
                                 "1:2:3:4:5:6:7:1.2.3.4",
                                 "[::1]",
                                 "::+1",
                                 "0x1::"}) {
    EXPECT_FALSE(parse_ipv6(text).has_value()) << text;
  }
}

TEST(IpAddress, the_two_kinds_are_never_equal) {
  EXPECT_NE(parse_ipv4("0.0.0.0"), parse_ipv6("::"));
  EXPECT_EQ(parse_ipv4("1.2.3.4")->bytes().size(), 4U);
  EXPECT_EQ(parse_ipv6("::")->bytes().size(), 16U);
}

}  // namespace
}  // namespace pixelvault::domain
