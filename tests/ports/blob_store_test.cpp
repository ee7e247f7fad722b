#include "ports/blob_store.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <stdexcept>
#include <utility>
#include <vector>

#include "base/unavailable.hpp"
#include "ports/backends.hpp"
#include "support/run_task.hpp"

namespace pixelvault::port_suites {

using base::task;
using ports::BlobBody;
using ports::BlobRef;
using support::run;

namespace {

const std::string kKey = "proj_1/img_1.jpg";
const BlobRef kUnstored{.key = kKey};
const BlobRef kOther{.key = "proj_1/img_2.jpg"};

/// Bytes of which no two neighbourhoods are equal.
std::string pattern(std::size_t size) {
  std::string bytes(size, '\0');
  std::uint32_t state = 1;
  for (char& byte : bytes) byte = static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
  return bytes;
}

task<void> write_in_pieces(ports::BlobWriter& writer, const std::string& bytes, std::size_t piece) {
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    co_await writer.write(base::as_bytes(std::string_view(bytes).substr(at, piece)));
  }
}

task<BlobRef> store(ports::BlobStore& blobs, std::string key, std::string bytes,
                    std::size_t piece = 65'536) {
  const auto writer = co_await blobs.create();
  co_await write_in_pieces(*writer, bytes, piece);
  const auto place = co_await writer->commit(key);
  co_return BlobRef{.key = std::move(key), .place = place};
}

std::string read_region(const base::FileRegion& region) {
  std::string bytes(region.length, '\0');
  const auto got =
      ::pread(region.file->get(), bytes.data(), bytes.size(), static_cast<off_t>(region.offset));
  bytes.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  return bytes;
}

task<std::string> read_source(base::ByteSource& source) {
  std::string bytes;
  for (;;) {
    const auto piece = co_await source.read();
    if (!piece) throw std::runtime_error("the source ended early");
    if (piece->empty()) co_return bytes;
    bytes += base::as_text(*piece);
  }
}

task<std::string> read_body(BlobBody body) {
  if (auto* region = std::get_if<base::FileRegion>(&body)) co_return read_region(*region);
  co_return co_await read_source(*std::get<std::unique_ptr<base::ByteSource>>(body));
}

}  // namespace

template <class Backend>
class BlobStore : public testing::Test {
 protected:
  ports::BlobStore& blobs() { return backend_.get(); }
  std::optional<BlobBody> open(BlobRef blob, std::uint64_t offset, std::uint64_t length) {
    return run(blobs().open(std::move(blob), offset, length));
  }
  std::string read(const BlobRef& blob, std::uint64_t offset, std::uint64_t length) {
    auto body = open(blob, offset, length);
    return body ? run(read_body(*std::move(body))) : "(absent)";
  }
  BlobRef store_now(std::string key, std::string bytes, std::size_t piece = 65'536) {
    return run(store(blobs(), std::move(key), std::move(bytes), piece));
  }

  Backend backend_;
};

using KeyedBlobBackends =
    testing::Types<Files<true>, Files<false>, Fake<support::FakeBlobStore>, FakeWithRegions>;
using BlobBackends =
    testing::Types<Files<true>, Files<false>, Segments<64UL * 1024>, Segments<4UL * 1024 * 1024>,
                   Fake<support::FakeBlobStore>, FakeWithRegions, FakeWithPlaces>;
TYPED_TEST_SUITE(BlobStore, BlobBackends);

TYPED_TEST(BlobStore, a_blob_reads_as_it_was_written) {
  for (const std::size_t size : {0, 1, 1000, 262'143, 262'144, 262'145, 1'000'000}) {
    const std::string bytes = pattern(size);
    const std::string key = "proj_1/img_" + std::to_string(size) + ".jpg";
    const auto blob = this->store_now(key, bytes);
    EXPECT_EQ(this->read(blob, 0, size), bytes) << size;
  }
}

TYPED_TEST(BlobStore, odd_pieces_make_the_same_blob) {
  const std::string bytes = pattern(600'001);
  const auto blob = this->store_now(kKey, bytes, 999);
  EXPECT_EQ(this->read(blob, 0, bytes.size()), bytes);
}

TYPED_TEST(BlobStore, one_piece_may_be_larger_than_any_buffer) {
  const std::string bytes = pattern(900'000);
  const auto blob = this->store_now(kKey, bytes, bytes.size());
  EXPECT_EQ(this->read(blob, 0, bytes.size()), bytes);
}

TYPED_TEST(BlobStore, a_region_is_exactly_what_was_asked_for) {
  const std::string bytes = pattern(10'000);
  const auto blob = this->store_now(kKey, bytes);
  EXPECT_EQ(this->read(blob, 4000, 5000), bytes.substr(4000, 5000));
  EXPECT_EQ(this->read(blob, 9999, 1), bytes.substr(9999));
  EXPECT_EQ(this->read(blob, 10'000, 0), "");
}

TYPED_TEST(BlobStore, a_blob_can_be_pulled_whatever_form_its_bodies_have) {
  for (const std::size_t size : {0, 1, 262'143, 262'144, 262'145, 1'000'000}) {
    const std::string bytes = pattern(size);
    const std::string key = "proj_1/img_" + std::to_string(size) + ".jpg";
    const auto blob = this->store_now(key, bytes);
    const auto source = run(this->blobs().read(blob, size));
    ASSERT_NE(source, nullptr);
    EXPECT_EQ(run(read_source(*source)), bytes) << size;
    EXPECT_TRUE(run(source->read())->empty()) << "its end repeats";
  }
}

TYPED_TEST(BlobStore, what_is_pulled_is_as_long_as_its_record) {
  const auto blob = this->store_now(kKey, "0123456789");
  EXPECT_EQ(run(read_source(*run(this->blobs().read(blob, 4)))), "0123");
  EXPECT_THROW(run(this->blobs().read(blob, 11)), base::Unavailable);
}

TYPED_TEST(BlobStore, a_pulled_blob_outlives_its_removal_and_is_absent_after_it) {
  EXPECT_EQ(run(this->blobs().read(kUnstored, 0)), nullptr);
  const std::string bytes = pattern(600'000);
  const auto blob = this->store_now(kKey, bytes);
  const auto source = run(this->blobs().read(blob, bytes.size()));
  run(this->blobs().remove(blob));
  EXPECT_EQ(run(read_source(*source)), bytes);
  EXPECT_EQ(run(this->blobs().read(blob, bytes.size())), nullptr);
}

TYPED_TEST(BlobStore, a_blob_shorter_than_its_record_is_broken) {
  const auto blob = this->store_now(kKey, pattern(100));
  for (const auto& [offset, length] :
       std::vector<std::pair<std::uint64_t, std::uint64_t>>{{0, 101}, {101, 0}, {50, ~0ULL}}) {
    try {
      this->open(blob, offset, length);
      ADD_FAILURE() << "opened " << offset << " " << length;
    } catch (const base::Unavailable& error) {
      EXPECT_EQ(error.kind(), base::Unavailable::Kind::Fail);
    }
  }
}

TYPED_TEST(BlobStore, a_private_blob_is_another_one_than_the_public_of_the_same_name) {
  const auto secret = this->store_now("proj_1/cp/i/img_1.jpg", "secret");
  EXPECT_FALSE(this->open(kUnstored, 0, 0));
  const auto blob = this->store_now(kKey, "public");
  EXPECT_EQ(this->read(secret, 0, 6), "secret");
  run(this->blobs().remove(blob));
  EXPECT_EQ(this->read(secret, 0, 6), "secret");
  run(this->blobs().remove(secret));
  EXPECT_FALSE(this->open(secret, 0, 0));
}

TYPED_TEST(BlobStore, what_was_never_stored_is_absent) {
  EXPECT_FALSE(this->open(kUnstored, 0, 0));
  this->store_now(kKey, "x");
  EXPECT_FALSE(this->open(kOther, 0, 0));
}

TYPED_TEST(BlobStore, nothing_is_visible_before_the_commit) {
  const auto writer = run(this->blobs().create());
  run(write_in_pieces(*writer, pattern(600'000), 65'536));
  EXPECT_FALSE(this->open(kUnstored, 0, 0));
  const BlobRef blob{.key = kKey, .place = run(writer->commit(kKey))};
  EXPECT_TRUE(this->open(blob, 0, 600'000));
}

TYPED_TEST(BlobStore, a_writer_that_is_dropped_leaves_nothing) {
  {
    const auto writer = run(this->blobs().create());
    run(write_in_pieces(*writer, pattern(600'000), 65'536));
  }
  EXPECT_FALSE(this->open(kUnstored, 0, 0));
}

TYPED_TEST(BlobStore, a_writer_commits_once) {
  const auto writer = run(this->blobs().create());
  run(writer->write(base::as_bytes("bytes")));
  const BlobRef blob{.key = kKey, .place = run(writer->commit(kKey))};
  EXPECT_THROW(run(writer->commit("proj_1/img_2.jpg")), std::logic_error);
  EXPECT_FALSE(this->open(kOther, 0, 0));
  EXPECT_EQ(this->read(blob, 0, 5), "bytes");
}

TYPED_TEST(BlobStore, a_removed_blob_is_gone_and_its_key_is_free) {
  const auto blob = this->store_now(kKey, "first");
  run(this->blobs().remove(blob));
  EXPECT_FALSE(this->open(blob, 0, 5));
  const auto again = this->store_now(kKey, "again");
  EXPECT_EQ(this->read(again, 0, 5), "again");
  run(this->blobs().remove(again));
  EXPECT_FALSE(this->open(again, 0, 5));
}

TYPED_TEST(BlobStore, removing_what_is_not_there_is_no_error) {
  EXPECT_NO_THROW(run(this->blobs().remove(kUnstored)));
  const auto blob = this->store_now(kKey, "x");
  EXPECT_NO_THROW(run(this->blobs().remove(kOther)));
  EXPECT_EQ(this->read(blob, 0, 1), "x");
}

TYPED_TEST(BlobStore, an_open_body_outlives_the_removal) {
  const std::string bytes = pattern(5000);
  const auto blob = this->store_now(kKey, bytes);
  auto body = this->open(blob, 0, bytes.size());
  run(this->blobs().remove(blob));
  EXPECT_EQ(run(read_body(*std::move(body))), bytes);
}

TYPED_TEST(BlobStore, many_blobs_of_new_projects_can_be_committed_at_once) {
  std::vector<task<BlobRef>> tasks;
  const auto key_of = [](int i) {
    return "proj_" + std::to_string(i % 7) + (i % 2 == 0 ? "/" : "/cp/i/") + "img_" +
           std::to_string(i) + ".png";
  };
  for (int i = 0; i < 64; ++i) {
    tasks.push_back(store(this->blobs(), key_of(i), "bytes of " + key_of(i)));
  }
  for (auto& result : support::run_all(std::move(tasks))) {
    const BlobRef blob = result.get();
    const std::string bytes = "bytes of " + blob.key;
    EXPECT_EQ(this->read(blob, 0, bytes.size()), bytes);
  }
}

TYPED_TEST(BlobStore, blobs_survive_a_restart) {
  const auto blob = this->store_now(kKey, "kept");
  this->backend_.reopen();
  EXPECT_EQ(this->read(blob, 0, 4), "kept");
}

// Stores that find a blob by its key alone notice a key that is used twice.
template <class Backend>
class KeyedBlobStore : public BlobStore<Backend> {};
TYPED_TEST_SUITE(KeyedBlobStore, KeyedBlobBackends);

TYPED_TEST(KeyedBlobStore, a_key_in_use_is_a_bug_and_keeps_its_bytes) {
  const auto blob = this->store_now(kKey, "first");
  EXPECT_THROW(run(store(this->blobs(), kKey, "other")), std::logic_error);
  EXPECT_EQ(this->read(blob, 0, 5), "first");
}

TYPED_TEST(KeyedBlobStore, a_commit_that_failed_was_the_only_one) {
  this->store_now(kKey, "first");
  const auto writer = run(this->blobs().create());
  run(writer->write(base::as_bytes("other")));
  EXPECT_THROW(run(writer->commit(kKey)), std::logic_error);
  EXPECT_THROW(run(writer->commit("proj_1/img_2.jpg")), std::logic_error);
  EXPECT_FALSE(this->open(kOther, 0, 0));
}

TYPED_TEST(KeyedBlobStore, one_of_many_who_commit_the_same_key_wins) {
  std::vector<task<BlobRef>> tasks;
  for (int i = 0; i < 16; ++i) tasks.push_back(store(this->blobs(), kKey, "same"));
  int winners = 0, losers = 0;
  for (auto& result : support::run_all(std::move(tasks))) {
    try {
      result.get();
      ++winners;
    } catch (const std::logic_error&) {
      ++losers;
    }
  }
  EXPECT_EQ(winners, 1);
  EXPECT_EQ(losers, 15);
  EXPECT_EQ(this->read(BlobRef{.key = kKey}, 0, 4), "same");
}

}  // namespace pixelvault::port_suites
