#include "domain/address_ranges.hpp"

#include <gtest/gtest.h>

#include <string>

namespace pixelvault::domain {
namespace {

std::string range_of(const std::string& text) {
  const auto address = text.find(':') == std::string::npos ? parse_ipv4(text) : parse_ipv6(text);
  return std::string(special_range(address.value()).value_or("public"));
}

struct Edges {
  std::string range;
  std::string first;
  std::string last;
};

// The first and the last address of each range, so that a range that is too small is seen.
const Edges kRanges[] = {
    {"0.0.0.0/8", "0.0.0.0", "0.255.255.255"},
    {"10.0.0.0/8", "10.0.0.0", "10.255.255.255"},
    {"100.64.0.0/10", "100.64.0.0", "100.127.255.255"},
    {"127.0.0.0/8", "127.0.0.0", "127.255.255.255"},
    {"169.254.0.0/16", "169.254.0.0", "169.254.255.255"},
    {"172.16.0.0/12", "172.16.0.0", "172.31.255.255"},
    {"192.0.0.0/24", "192.0.0.0", "192.0.0.255"},
    {"192.0.2.0/24", "192.0.2.0", "192.0.2.255"},
    {"192.31.196.0/24", "192.31.196.0", "192.31.196.255"},
    {"192.52.193.0/24", "192.52.193.0", "192.52.193.255"},
    {"192.88.99.0/24", "192.88.99.0", "192.88.99.255"},
    {"192.168.0.0/16", "192.168.0.0", "192.168.255.255"},
    {"192.175.48.0/24", "192.175.48.0", "192.175.48.255"},
    {"198.18.0.0/15", "198.18.0.0", "198.19.255.255"},
    {"198.51.100.0/24", "198.51.100.0", "198.51.100.255"},
    {"203.0.113.0/24", "203.0.113.0", "203.0.113.255"},
    {"224.0.0.0/4", "224.0.0.0", "239.255.255.255"},
    {"240.0.0.0/4", "240.0.0.0", "255.255.255.255"},
    {"::/128", "::", "::"},
    {"::1/128", "::1", "::1"},
    {"::/96", "::2", "::255.255.255.255"},
    {"::ffff:0:0/96", "::ffff:0.0.0.0", "::ffff:255.255.255.255"},
    {"64:ff9b::/96", "64:ff9b::", "64:ff9b::255.255.255.255"},
    {"64:ff9b:1::/48", "64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff"},
    {"100::/64", "100::", "100::ffff:ffff:ffff:ffff"},
    {"2001::/23", "2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff"},
    {"2001:db8::/32", "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"},
    {"2002::/16", "2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
    {"2620:4f:8000::/48", "2620:4f:8000::", "2620:4f:8000:ffff:ffff:ffff:ffff:ffff"},
    {"3fff::/20", "3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"},
    {"5f00::/16", "5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
    {"fc00::/7", "fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
    {"fe80::/10", "fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
    {"ff00::/8", "ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
};

TEST(AddressRanges, each_holds_its_first_and_its_last_address) {
  for (const auto& range : kRanges) {
    EXPECT_EQ(range_of(range.first), range.range) << range.first;
    EXPECT_EQ(range_of(range.last), range.range) << range.last;
  }
}

TEST(AddressRanges, their_neighbours_are_public) {
  for (const std::string text :
       {"1.0.0.0",         "9.255.255.255",   "11.0.0.0",        "100.63.255.255", "100.128.0.0",
        "126.255.255.255", "128.0.0.0",       "169.253.255.255", "169.255.0.0",    "172.15.255.255",
        "172.32.0.0",      "191.255.255.255", "192.0.1.0",       "192.0.3.0",      "192.31.195.255",
        "192.31.197.0",    "192.52.192.255",  "192.52.194.0",    "192.88.98.255",  "192.88.100.0",
        "192.167.255.255", "192.169.0.0",     "192.175.47.255",  "192.175.49.0",   "198.17.255.255",
        "198.20.0.0",      "198.51.99.255",   "198.51.101.0",    "203.0.112.255",  "203.0.114.0",
        "223.255.255.255", "2001:200::",      "2001:db7::",      "2001:db9::",     "2003::",
        "2620:4f:7fff::",  "2620:4f:8001::",  "2000::",          "3fff:1000::",    "3ffe::1"}) {
    EXPECT_EQ(range_of(text), "public") << text;
  }
}

TEST(AddressRanges, ipv6_that_is_given_to_nobody_is_not_public) {
  for (const std::string text :
       {"1::", "200::1", "400::", "1fff:ffff::", "4000::", "9000::1", "fec0::1", "::1:0:0:1"}) {
    EXPECT_EQ(range_of(text), "the space outside 2000::/3") << text;
  }
}

}  // namespace
}  // namespace pixelvault::domain
