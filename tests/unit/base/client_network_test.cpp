#include "base/client_network.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>

namespace pixelvault::base {
namespace {

ClientNetwork network(const char* text) {
  ClientNetwork::V4 v4{};
  if (::inet_pton(AF_INET, text, v4.data()) == 1) return ClientNetwork(v4);
  ClientNetwork::V6 v6{};
  EXPECT_EQ(::inet_pton(AF_INET6, text, v6.data()), 1) << text;
  return ClientNetwork(v6);
}

TEST(ClientNetwork, every_ipv4_address_is_one) {
  EXPECT_EQ(network("192.0.2.7"), network("192.0.2.7"));
  EXPECT_NE(network("192.0.2.7"), network("192.0.2.8"));
  EXPECT_EQ(network("192.0.2.7").text(), "192.0.2.7");
  EXPECT_EQ(network("192.0.2.7").v4(), (ClientNetwork::V4{192, 0, 2, 7}));
}

TEST(ClientNetwork, the_ipv6_addresses_that_share_64_bits_are_one) {
  EXPECT_EQ(network("2001:db8:0:1::1"), network("2001:db8:0:1:ffff:ffff:ffff:ffff"));
  EXPECT_NE(network("2001:db8:0:1::1"), network("2001:db8:0:2::1"));
  EXPECT_NE(network("2001:db8:0:1::1"), network("3001:db8:0:1::1"));
  EXPECT_EQ(network("2001:db8:0:1::1").text(), "2001:db8:0:1::/64");
  EXPECT_EQ(network("2001:db8:0:1::1").v4(), std::nullopt);
}

TEST(ClientNetwork, a_mapped_address_is_the_ipv4_address) {
  EXPECT_EQ(network("::ffff:192.0.2.7"), network("192.0.2.7"));
  EXPECT_NE(network("::ffff:192.0.2.7"), network("::ffff:192.0.2.8"));
  EXPECT_EQ(network("::ffff:192.0.2.7").text(), "192.0.2.7");
}

TEST(ClientNetwork, what_only_looks_mapped_is_ipv6) {
  // Otherwise 32 bits of anybody's choice would make a client each.
  for (const char* text : {"::192.0.2.7", "::fffe:192.0.2.7", "::1:ffff:192.0.2.7"}) {
    EXPECT_EQ(network(text), ClientNetwork()) << text;
    EXPECT_EQ(network(text).text(), "::/64") << text;
  }
}

TEST(ClientNetwork, can_be_ordered) {
  EXPECT_LT(network("192.0.2.7"), network("192.0.2.8"));
  EXPECT_LT(network("192.0.2.8"), network("2001:db8::"));
}

}  // namespace
}  // namespace pixelvault::base
