#include "ports/random_source.hpp"

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <thread>
#include <vector>

#include "adapters/sodium/random_source.hpp"
#include "support/fake_random_source.hpp"

namespace pixelvault::port_suites {

template <class Source>
class RandomSource : public testing::Test {
 protected:
  using Bytes = std::array<std::uint8_t, 16>;
  Bytes draw() {
    Bytes bytes{};
    source_.fill(bytes);
    return bytes;
  }
  Source source_;
};

using Sources = testing::Types<adapters::sodium::SodiumRandomSource, support::FakeRandomSource>;
TYPED_TEST_SUITE(RandomSource, Sources);

TYPED_TEST(RandomSource, every_byte_is_filled_with_every_value) {
  std::vector<std::uint8_t> bytes(100'000);
  this->source_.fill(bytes);
  std::array<int, 256> seen{};
  for (const auto byte : bytes) ++seen[byte];
  for (const int count : seen) EXPECT_GT(count, 200);  // 390 are expected
}

TYPED_TEST(RandomSource, no_two_draws_are_equal) {
  std::set<std::array<std::uint8_t, 16>> draws;
  for (int i = 0; i < 1000; ++i) draws.insert(this->draw());
  EXPECT_EQ(draws.size(), 1000U);
}

TYPED_TEST(RandomSource, several_threads_may_ask) {
  std::array<std::set<std::array<std::uint8_t, 16>>, 4> draws;
  {
    std::vector<std::jthread> threads;
    for (auto& mine : draws) {
      threads.emplace_back([this, &mine] {
        for (int i = 0; i < 200; ++i) mine.insert(this->draw());
      });
    }
  }
  for (std::size_t i = 1; i < draws.size(); ++i) draws[0].merge(draws[i]);
  EXPECT_EQ(draws[0].size(), 800U);
}

TYPED_TEST(RandomSource, filling_nothing_is_fine) { EXPECT_NO_THROW(this->source_.fill({})); }

}  // namespace pixelvault::port_suites
