// Which calls make a blob durable, who shares them, and what a failed one means.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <cerrno>
#include <chrono>
#include <future>

#include "ports/filesystem/system_calls.hpp"
#include "ports/segments/segment_fixture.hpp"

namespace pixelvault::port_suites {

using base::Unavailable;

using Names = std::vector<std::string>;
using Plan = RecordedSystemCalls::Plan;

namespace {

std::ptrdiff_t count(const RecordedSystemCalls& calls, const std::string& name) {
  return std::ranges::count(calls.names(), name);
}

}  // namespace

class SegmentCommits : public SegmentFiles {
 protected:
  SegmentCommits() { start(); }

  Unavailable::Kind failure(const std::string& key, const std::string& bytes) {
    try {
      store(key, bytes);
    } catch (const Unavailable& error) {
      return error.kind();
    }
    ADD_FAILURE() << "the commit did not fail";
    return Unavailable::Kind::Retry;
  }

  /// Commits one blob, and `others` while that one is being synced.
  std::vector<std::future<ports::BlobRef>> commit_during_a_sync(Plan plan, int others) {
    boost::asio::io_context context;
    std::vector<std::future<ports::BlobRef>> results;
    const auto spawn = [&](int i) {
      auto task = store_blob(*store_, "proj_1/img_" + std::to_string(i) + ".png", picture(5000, i));
      results.push_back(boost::asio::co_spawn(context, std::move(task), boost::asio::use_future));
    };
    std::promise<void> syncing, released;
    plan.call = "fdatasync";
    plan.before = [&] {
      syncing.set_value();
      released.get_future().wait();
    };
    calls_.reset();
    calls_.emplace(plan);
    spawn(0);
    context.poll();
    EXPECT_EQ(syncing.get_future().wait_for(std::chrono::seconds(20)), std::future_status::ready)
        << "nothing was synced";
    for (int i = 1; i <= others; ++i) spawn(i);
    context.poll();  // now all of them wait
    released.set_value();
    context.run();
    return results;
  }

  std::optional<RecordedSystemCalls> calls_;
};

TEST_F(SegmentCommits, a_blob_is_one_write_and_one_sync) {
  store("proj_1/img_1.png", picture(100'000));
  const RecordedSystemCalls calls;
  store("proj_1/img_2.png", picture(100'000));
  EXPECT_EQ(calls.names(), (Names{"pwritev", "fdatasync"}));
}

TEST_F(SegmentCommits, a_new_segments_name_is_durable_before_the_answer) {
  const RecordedSystemCalls calls;
  store("proj_1/img_1.png", "bytes");
  const auto names = calls.names();
  ASSERT_GE(names.size(), 3U);
  EXPECT_EQ(Names(names.end() - 3, names.end()), (Names{"pwritev", "fdatasync", "fsync"}));
}

TEST_F(SegmentCommits, a_large_blob_is_synced_before_its_name_and_that_before_the_answer) {
  const RecordedSystemCalls calls;
  store("proj_1/img_1.png", picture(600'000));
  const auto names = calls.names();
  ASSERT_GE(names.size(), 3U);
  EXPECT_EQ(Names(names.end() - 3, names.end()), (Names{"fdatasync", "renameat", "fsync"}));
}

TEST_F(SegmentCommits, those_who_come_during_a_sync_share_the_next) {
  auto results = commit_during_a_sync({}, 31);
  EXPECT_EQ(count(*calls_, "fdatasync"), 2);
  calls_.reset();
  for (int i = 0; i < 32; ++i) {
    EXPECT_EQ(read(results.at(i).get(), 5000), picture(5000, i)) << i;
  }
}

TEST_F(SegmentCommits, a_failed_sync_fails_no_other_batch) {
  auto results = commit_during_a_sync({.error = EIO}, 7);
  EXPECT_EQ(count(*calls_, "fdatasync"), 2) << "a failed sync is final";
  calls_.reset();
  EXPECT_THROW(results.at(0).get(), Unavailable);
  for (int i = 1; i < 8; ++i) EXPECT_EQ(read(results.at(i).get(), 5000), picture(5000, i)) << i;
}

TEST_F(SegmentCommits, all_of_a_batch_learn_that_its_sync_failed) {
  auto results = commit_during_a_sync({.times = 2, .error = EIO}, 7);
  EXPECT_EQ(count(*calls_, "fdatasync"), 2);
  calls_.reset();
  for (auto& result : results) EXPECT_THROW(result.get(), Unavailable);
}

TEST_F(SegmentCommits, what_was_acknowledged_before_a_failed_sync_stays_and_what_failed_does_not) {
  const auto kept = store("proj_1/img_1.png", picture(5000, 1));
  {
    const RecordedSystemCalls calls({.call = "fdatasync", .error = EIO});
    EXPECT_EQ(failure("proj_1/img_2.png", picture(5000, 2)), Unavailable::Kind::Fail);
  }
  const auto after = store("proj_1/img_3.png", picture(5000, 3));
  EXPECT_NE(after.place->segment, kept.place->segment) << "the segment of the failed sync is over";
  restart();
  EXPECT_EQ(read(kept, 5000), picture(5000, 1));
  EXPECT_EQ(read(after, 5000), picture(5000, 3));
  EXPECT_EQ(walked_keys(), (Names{"proj_1/img_1.png", "proj_1/img_3.png"}));
}

TEST_F(SegmentCommits, whatever_fails_the_answer_says_so_and_the_next_attempt_works) {
  struct Case {
    Plan plan;
    Unavailable::Kind kind;
    std::size_t bytes;
  };
  const std::vector<Case> cases = {
      {{.call = "pwritev", .error = ENOSPC}, Unavailable::Kind::DiskFull, 5000},
      {{.call = "pwritev", .occurrence = 3, .error = EDQUOT}, Unavailable::Kind::DiskFull, 5000},
      {{.call = "fallocate", .error = EIO}, Unavailable::Kind::Fail, 5000},
      {{.call = "fallocate", .times = 99, .error = ENOSPC}, Unavailable::Kind::DiskFull, 5000},
      {{.call = "fdatasync", .error = EIO}, Unavailable::Kind::Fail, 5000},
      {{.call = "fsync", .error = EIO}, Unavailable::Kind::Fail, 5000},
      {{.call = "pwritev", .occurrence = 2, .error = ENOSPC}, Unavailable::Kind::DiskFull, 600'000},
      {{.call = "fdatasync", .error = EIO}, Unavailable::Kind::Fail, 600'000},
      {{.call = "renameat", .error = EIO}, Unavailable::Kind::Fail, 600'000},
      {{.call = "fsync", .error = EIO}, Unavailable::Kind::Fail, 600'000},
  };
  for (const auto& [plan, kind, size] : cases) {
    stop();
    std::filesystem::remove_all(root_);
    start();
    {
      const RecordedSystemCalls calls(plan);
      EXPECT_EQ(failure("proj_1/img_1.png", picture(size)), kind) << plan.call;
      EXPECT_LE(count(calls, "fdatasync"), 1) << "a failed sync is final";
    }
    const auto blob = store("proj_1/img_1.png", picture(size));
    EXPECT_EQ(read(blob, size), picture(size)) << plan.call;
    restart();
    EXPECT_EQ(read(blob, size), picture(size)) << plan.call;
    EXPECT_EQ(walked_keys().size(), 1U) << plan.call << ": nothing of the failed attempt is left";
  }
}

TEST_F(SegmentCommits, short_writes_go_on_where_they_stopped) {
  const std::string bytes = picture(30'000);
  std::optional<ports::BlobRef> blob;
  {
    const RecordedSystemCalls calls({.most = 1000});
    blob = store("proj_1/img_1.png", bytes);
    EXPECT_GT(count(calls, "pwritev"), 30);
  }
  EXPECT_EQ(read(*blob, bytes.size()), bytes);
  EXPECT_EQ(walk().size(), 1U);
}

TEST_F(SegmentCommits, a_nearly_full_disk_gives_smaller_segments) {
  std::optional<ports::BlobRef> blob;
  {
    const RecordedSystemCalls calls({.call = "fallocate", .times = 3, .error = ENOSPC});
    blob = store("proj_1/img_1.png", picture(5000));
    EXPECT_EQ(count(calls, "fallocate"), 4);
  }
  EXPECT_EQ(std::filesystem::file_size(root_ / files().front()), 1024 * 1024 / 8);
  EXPECT_EQ(read(*blob, 5000), picture(5000));
}

TEST_F(SegmentCommits, a_file_system_that_cannot_reserve_space_will_do) {
  const RecordedSystemCalls calls({.call = "fallocate", .times = 99, .error = EOPNOTSUPP});
  const auto blob = store("proj_1/img_1.png", picture(5000));
  EXPECT_EQ(read(blob, 5000), picture(5000));
}

TEST_F(SegmentCommits, a_key_that_is_none_is_a_bug_and_harms_nobody) {
  EXPECT_THROW(store("", "bytes"), std::logic_error);
  EXPECT_THROW(store(std::string(449, 'k'), "bytes"), std::logic_error);
  EXPECT_EQ(read(store("proj_1/img_1.png", "bytes"), 5), "bytes");
}

}  // namespace pixelvault::port_suites
