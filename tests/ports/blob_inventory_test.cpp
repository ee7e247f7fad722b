// Walking through everything that a blob store holds.
#include "ports/blob_inventory.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "ports/backends.hpp"
#include "support/run_task.hpp"

namespace pixelvault::port_suites {

using ports::BlobRef;
using ports::StoredBlob;
using support::run;

template <class Backend>
class BlobInventory : public testing::Test {
 protected:
  BlobRef store(std::string key, const std::string& bytes) {
    return run(write(backend_.get(), std::move(key), bytes));
  }
  void remove(BlobRef blob) { run(backend_.get().remove(std::move(blob))); }
  /// In the order of the keys.
  std::vector<StoredBlob> all() {
    auto blobs = run(read_all(backend_.get()));
    std::ranges::sort(blobs, {}, &StoredBlob::ref);
    return blobs;
  }

  Backend backend_;

 private:
  static base::task<BlobRef> write(ports::BlobStore& blobs, std::string key, std::string bytes) {
    const auto writer = co_await blobs.create();
    co_await writer->write(base::as_bytes(bytes));
    const auto place = co_await writer->commit(key);
    co_return BlobRef{.key = std::move(key), .place = place};
  }
  static base::task<std::vector<StoredBlob>> read_all(ports::BlobInventory& inventory) {
    std::vector<StoredBlob> blobs;
    const auto walk = co_await inventory.walk();
    for (;;) {
      const auto page = co_await walk->next();
      if (page.empty()) co_return blobs;
      blobs.insert(blobs.end(), page.begin(), page.end());
    }
  }
};

using Inventories =
    testing::Types<Files<true>, Files<false>, Fake<support::FakeBlobStore>, FakeWithPlaces>;
TYPED_TEST_SUITE(BlobInventory, Inventories);

TYPED_TEST(BlobInventory, an_empty_store_holds_nothing) { EXPECT_TRUE(this->all().empty()); }

TYPED_TEST(BlobInventory, every_blob_comes_once_with_key_place_and_size) {
  const std::vector stored = {this->store("proj_ab/cp/i/img_1.jpg", "private"),
                              this->store("proj_ab/img_2.jpg", "of the project ab"),
                              this->store("proj_abc/img_3.jpg", "")};
  const auto found = this->all();
  ASSERT_EQ(found.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(found[i].ref, stored[i]);
  EXPECT_EQ(found[0].size, 7U);
  EXPECT_EQ(found[1].size, 17U);
  EXPECT_EQ(found[2].size, 0U);
}

TYPED_TEST(BlobInventory, removed_and_unfinished_blobs_do_not_come) {
  this->remove(this->store("proj_1/img_1.jpg", "gone"));
  const auto writer = run(this->backend_.get().create());
  run(writer->write(base::as_bytes(std::string(300'000, 'x'))));
  EXPECT_TRUE(this->all().empty());
}

TYPED_TEST(BlobInventory, a_walk_over_many_pages_comes_to_its_end) {
  constexpr std::size_t kMany = 250;
  for (std::size_t i = 0; i < kMany; ++i) {
    this->store("proj_" + std::to_string(i % 7) + "/img_" + std::to_string(i) + ".jpg", "x");
  }
  auto found = this->all();
  EXPECT_EQ(found.size(), kMany);
  const auto same = std::ranges::unique(found, {}, &StoredBlob::ref);
  EXPECT_EQ(same.size(), 0U);
}

TYPED_TEST(BlobInventory, blobs_outlive_a_restart) {
  const auto stored = this->store("proj_1/img_1.jpg", "bytes");
  this->backend_.reopen();
  ASSERT_EQ(this->all().size(), 1U);
  EXPECT_EQ(this->all().front().ref, stored);
}

}  // namespace pixelvault::port_suites
