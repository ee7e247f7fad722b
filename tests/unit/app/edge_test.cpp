#include "app/edge.hpp"

#include <gtest/gtest.h>

namespace pixelvault::app {
namespace {

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
