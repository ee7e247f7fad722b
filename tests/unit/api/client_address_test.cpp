#include "api/client_address.hpp"

#include <gtest/gtest.h>

namespace pixelvault::api {
namespace {

std::string address(std::string peer, const std::vector<std::string_view>& forwarded,
                    std::size_t proxies) {
  http::Request request{
      .method = http::Method::Post, .target = {.path = "/"}, .remote_address = std::move(peer)};
  for (const auto line : forwarded) request.fields.push_back({"X-Forwarded-For", line});
  return client_address(request, proxies);
}

TEST(ClientAddress, without_proxies_it_is_the_peer_whatever_a_client_claims) {
  EXPECT_EQ(address("192.0.2.1", {}, 0), "192.0.2.1");
  EXPECT_EQ(address("192.0.2.1", {"198.51.100.7"}, 0), "192.0.2.1");
}

TEST(ClientAddress, behind_proxies_it_is_what_the_outermost_of_them_saw) {
  EXPECT_EQ(address("10.0.0.1", {"203.0.113.9, 198.51.100.7"}, 1), "198.51.100.7");
  EXPECT_EQ(address("10.0.0.1", {"203.0.113.9, 198.51.100.7 ,10.0.0.2"}, 2), "198.51.100.7");
  EXPECT_EQ(address("10.0.0.1", {"203.0.113.9", "198.51.100.7", "10.0.0.2"}, 3), "203.0.113.9");
}

TEST(ClientAddress, is_the_peer_when_the_proxies_did_not_write_one) {
  EXPECT_EQ(address("10.0.0.1", {}, 1), "10.0.0.1");
  EXPECT_EQ(address("10.0.0.1", {"198.51.100.7"}, 2), "10.0.0.1");
  for (const auto* wrong : {"", "unknown", "198.51.100.7, ", "1.2.3", "[2001:db8::1", "::ffff:x"}) {
    EXPECT_EQ(address("10.0.0.1", {wrong}, 1), "10.0.0.1") << wrong;
  }
}

TEST(ClientAddress, one_ipv6_network_of_64_bits_is_one_client) {
  EXPECT_EQ(address("2001:db8:0:1::5", {}, 0), "2001:db8:0:1::/64");
  EXPECT_EQ(address("2001:db8:0:1:ffff:ffff:ffff:ffff", {}, 0), "2001:db8:0:1::/64");
  EXPECT_EQ(address("2001:db8:0:2::5", {}, 0), "2001:db8:0:2::/64");
  EXPECT_EQ(address("fe80::1%eth0", {}, 0), "fe80::/64");
}

TEST(ClientAddress, ports_brackets_and_mapped_forms_do_not_make_another_client) {
  EXPECT_EQ(address("10.0.0.1", {"198.51.100.7:4711"}, 1), "198.51.100.7");
  EXPECT_EQ(address("10.0.0.1", {"[2001:db8:0:1::5]:4711"}, 1), "2001:db8:0:1::/64");
  EXPECT_EQ(address("10.0.0.1", {"2001:DB8:0:1:0:0:0:5"}, 1), "2001:db8:0:1::/64");
  EXPECT_EQ(address("10.0.0.1", {"::ffff:198.51.100.7"}, 1), "198.51.100.7");
}

}  // namespace
}  // namespace pixelvault::api
