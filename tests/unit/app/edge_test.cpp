#include "app/edge.hpp"

#include <gtest/gtest.h>

namespace pixelvault::app {
namespace {

TEST(Edge, connections_leave_room_for_files) {
  for (const std::size_t files : {1024UL, 4096UL, 20'000UL, 65'536UL}) {
    EXPECT_LT(connections_for(files), files * 2 / 3) << files;
    EXPECT_GT(connections_for(files), files / 3) << files;
  }
  EXPECT_GE(connections_for(20'000), 10'000U);
}

TEST(Edge, connections_have_bounds_whatever_the_system_allows) {
  EXPECT_EQ(connections_for(0), 64U);
  EXPECT_EQ(connections_for(256), 64U);
  EXPECT_EQ(connections_for(1'073'741'816), 100'000U);
}

TEST(Edge, a_number_of_connections_that_was_set_is_kept) {
  Config config;
  EXPECT_GT(edge_options(config).max_connections, 0U);
  config.max_connections = 7;
  EXPECT_EQ(edge_options(config).max_connections, 7U);
}

TEST(Edge, behind_a_proxy_no_address_has_a_limit_of_its_own) {
  Config config;
  config.max_connections_per_address = 9;
  EXPECT_EQ(edge_options(config).max_connections_per_address, 9U);
  config.proxies = 1;
  EXPECT_EQ(edge_options(config).max_connections_per_address, 0U);
}

}  // namespace
}  // namespace pixelvault::app
