#include "app/file_budget.hpp"

#include <gtest/gtest.h>

#include "http/options.hpp"

namespace pixelvault::app {
namespace {

const Config kShipped{};

TEST(FileBudget, a_number_of_connections_that_was_made_of_the_limit_fits_it) {
  for (const std::size_t limit : {1024UL, 4096UL, 20'000UL, 65'536UL}) {
    const auto connections = connections_for(kShipped, limit);
    EXPECT_LE(files_for(kShipped, connections), limit);
    EXPECT_GT(files_for(kShipped, connections + 4), limit);
  }
}

TEST(FileBudget, the_usual_limit_of_a_service_carries_ten_thousand_connections) {
  EXPECT_GE(connections_for(kShipped, 20'000), 10'000U);
}

TEST(FileBudget, connections_have_bounds_whatever_the_system_allows) {
  EXPECT_EQ(connections_for(kShipped, 0), 64U);
  EXPECT_EQ(connections_for(kShipped, own_files(kShipped)), 64U);
  EXPECT_EQ(connections_for(kShipped, 1'073'741'816), 100'000U);
}

TEST(FileBudget, half_of_the_connections_have_a_file_open) {
  const auto own = own_files(kShipped);
  EXPECT_EQ(files_for(kShipped, 0), own);
  EXPECT_EQ(files_for(kShipped, 1), own + 2);
  EXPECT_EQ(files_for(kShipped, 1000), own + 1500);
}

TEST(FileBudget, more_threads_and_downloads_need_more) {
  Config config;
  config.import = false;
  config.threads = 1;
  const auto few = own_files(config);
  config.threads = 9;
  EXPECT_EQ(own_files(config), few + 8UL * 4);
  config.import = true;
  EXPECT_GT(own_files(config), few + 8UL * 4);
}

TEST(FileBudget, refused_connections_are_counted) {
  EXPECT_GT(own_files(kShipped), http::Options().max_refusals);
}

TEST(FileBudget, threads_are_one_a_core_unless_set) {
  EXPECT_GT(threads_of(kShipped), 0U);
  Config config;
  config.threads = 7;
  EXPECT_EQ(threads_of(config), 7U);
}

}  // namespace
}  // namespace pixelvault::app
