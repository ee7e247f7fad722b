#include "http/admission.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include <cstring>
#include <vector>

namespace pixelvault::http {
namespace {

Peer peer(const char* text) {
  sockaddr_storage address{};
  auto& v4 = reinterpret_cast<sockaddr_in&>(address);
  auto& v6 = reinterpret_cast<sockaddr_in6&>(address);
  if (::inet_pton(AF_INET, text, &v4.sin_addr) == 1) {
    address.ss_family = AF_INET;
  } else if (::inet_pton(AF_INET6, text, &v6.sin6_addr) == 1) {
    address.ss_family = AF_INET6;
  }
  return peer_of(address);
}

TEST(Peer, is_written_as_people_write_it) {
  EXPECT_EQ(peer("192.0.2.7").address, "192.0.2.7");
  EXPECT_EQ(peer("2001:db8::7").address, "2001:db8::7");
  EXPECT_EQ(peer("::ffff:192.0.2.7").address, "192.0.2.7");
  EXPECT_EQ(peer("no address").address, "");
}

TEST(Peer, is_one_client_with_the_addresses_that_it_has_many_of) {
  EXPECT_EQ(peer("2001:db8:0:1::1").network, peer("2001:db8:0:1:ffff::2").network);
  EXPECT_NE(peer("2001:db8:0:1::1").network, peer("2001:db8:0:2::1").network);
  EXPECT_EQ(peer("::ffff:192.0.2.7").network, peer("192.0.2.7").network);
  EXPECT_NE(peer("192.0.2.7").network, peer("192.0.2.8").network);
}

TEST(Peer, knows_this_machine) {
  EXPECT_TRUE(peer("127.0.0.1").loopback);
  EXPECT_TRUE(peer("127.9.9.9").loopback);
  EXPECT_TRUE(peer("::1").loopback);
  EXPECT_TRUE(peer("::ffff:127.0.0.1").loopback);
  EXPECT_FALSE(peer("128.0.0.1").loopback);
  EXPECT_FALSE(peer("2001:db8::1").loopback);
}

TEST(Admission, lets_in_as_many_connections_as_there_may_be) {
  const Options options{.max_connections = 2};
  Admission admission(options);
  auto first = admission.admit(peer("192.0.2.1"));
  const auto second = admission.admit(peer("192.0.2.2"));
  EXPECT_TRUE(first && second);
  EXPECT_FALSE(admission.admit(peer("192.0.2.3")));
  EXPECT_EQ(admission.counters().open_connections, 2U);
  first.reset();
  EXPECT_TRUE(admission.admit(peer("192.0.2.3")));
  EXPECT_EQ(admission.counters().open_connections, 1U);
  EXPECT_EQ(admission.counters().accepted, 3U);
}

TEST(Admission, one_client_has_no_more_than_its_share) {
  const Options options{.max_connections_per_address = 1};
  Admission admission(options);
  auto first = admission.admit(peer("2001:db8:0:1::1"));
  EXPECT_FALSE(admission.admit(peer("2001:db8:0:1::2")));
  EXPECT_TRUE(admission.admit(peer("2001:db8:0:2::1")));
  EXPECT_EQ(admission.counters().open_connections, 1U);
  first.reset();
  EXPECT_TRUE(admission.admit(peer("2001:db8:0:1::2")));
}

TEST(Admission, this_machine_may_have_them_all) {
  const Options options{.max_connections_per_address = 1};
  Admission admission(options);
  const auto first = admission.admit(peer("127.0.0.1"));
  const auto second = admission.admit(peer("127.0.0.1"));
  EXPECT_TRUE(first && second);
}

TEST(Admission, a_seat_that_moved_is_given_back_once) {
  const Options options{.max_connections_per_address = 2};
  Admission admission(options);
  {
    auto seat = admission.admit(peer("192.0.2.1"));
    ASSERT_TRUE(seat);
    const Admission::Seat moved(*std::move(seat));
  }
  EXPECT_EQ(admission.counters().open_connections, 0U);
}

TEST(Admission, grants_as_many_turns_as_there_may_be) {
  const Options options{.max_requests = 1};
  Admission admission(options);
  std::optional<Admission::Turn> first(std::in_place, admission);
  EXPECT_TRUE(first->granted());
  EXPECT_FALSE(Admission::Turn(admission).granted());
  EXPECT_EQ(admission.counters().running_requests, 1U);
  EXPECT_EQ(admission.counters().refused_requests, 1U);
  first.reset();
  EXPECT_TRUE(Admission::Turn(admission).granted());
  EXPECT_EQ(admission.counters().running_requests, 0U);
}

}  // namespace
}  // namespace pixelvault::http
