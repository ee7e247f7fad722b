#include "base/lru_cache.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <thread>
#include <vector>

namespace pixelvault::base {
namespace {

/// All keys into one shard, so that its order can be seen.
struct OneShard {
  std::size_t operator()(int key) const { return static_cast<std::size_t>(key); }
};
using Cache = LruCache<int, int, OneShard>;
constexpr std::size_t kThreeEach = 3 * Cache::kShards;

TEST(LruCache, gives_what_was_put_last) {
  Cache cache(kThreeEach);
  EXPECT_FALSE(cache.find(1));
  cache.put(1, 10);
  cache.put(1, 11);
  EXPECT_EQ(cache.find(1), 11);
  EXPECT_EQ(cache.size(), 1U);
}

TEST(LruCache, drops_what_was_not_asked_for_the_longest) {
  Cache cache(kThreeEach);
  for (const int key : {1, 2, 3}) cache.put(key, key);
  cache.find(1);
  cache.put(2, 2);
  cache.put(4, 4);
  EXPECT_FALSE(cache.find(3));
  for (const int key : {1, 2, 4}) EXPECT_EQ(cache.find(key), key);
  EXPECT_EQ(cache.size(), 3U);
}

TEST(LruCache, forgets_one_or_all) {
  Cache cache(kThreeEach);
  for (const int key : {1, 2, 3}) cache.put(key, key);
  cache.erase(2);
  cache.erase(9);
  EXPECT_FALSE(cache.find(2));
  EXPECT_EQ(cache.find(3), 3);
  cache.clear();
  EXPECT_EQ(cache.size(), 0U);
  EXPECT_FALSE(cache.find(3));
}

TEST(LruCache, never_keeps_more_than_its_capacity) {
  LruCache<std::uint64_t, int> cache(64);
  for (std::uint64_t key = 0; key < 10'000; ++key) cache.put(key * 0x9E3779B97F4A7C15, 0);
  EXPECT_LE(cache.size(), 64U);
  EXPECT_GT(cache.size(), 32U) << "the shards are used evenly";
}

TEST(LruCache, threads_share_it) {
  LruCache<std::uint64_t, std::uint64_t> cache(1000);
  std::vector<std::jthread> threads;
  for (std::uint64_t t = 0; t < 4; ++t) {
    threads.emplace_back([&cache] {
      for (std::uint64_t i = 0; i < 5000; ++i) {
        const std::uint64_t key = (i % 50) << 32;
        cache.put(key, key);
        EXPECT_EQ(cache.find(key).value_or(key), key);
        if (i % 7 == 0) cache.erase(key);
      }
    });
  }
  threads.clear();
  EXPECT_LE(cache.size(), 50U);
}

}  // namespace
}  // namespace pixelvault::base
