// The order of system calls on which the durability promise rests, and what is left when one fails.
#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <vector>

#include "adapters/filesystem/blob_store.hpp"
#include "base/unavailable.hpp"
#include "ports/filesystem/system_calls.hpp"
#include "support/run_task.hpp"
#include "support/temporary_directory.hpp"

namespace pixelvault::port_suites {

namespace fs = std::filesystem;

using adapters::filesystem::FilesystemBlobStore;
using base::Unavailable;
using support::run;

using Names = std::vector<std::string>;
using Plan = RecordedSystemCalls::Plan;

const ports::BlobRef kBlob{.key = "proj_1/img_1.png"};

class CommitOrder : public testing::Test {
 protected:
  void store(const std::string& key, const std::string& bytes = "bytes") {
    const auto writer = run(blobs_.create());
    run(writer->write(base::as_bytes(bytes)));
    run(writer->commit(key));
  }
  bool exists(const std::string& key) const { return fs::exists(root_ / key); }

  support::TemporaryDirectory directory_;
  const fs::path root_ = directory_.path() / "blobs";
  FilesystemBlobStore blobs_{{.root = root_, .threads = 1}};
};

TEST_F(CommitOrder, the_bytes_are_synced_before_the_name_and_the_name_before_the_answer) {
  store("proj_1/img_1.png");
  const RecordedSystemCalls calls;
  store("proj_1/img_2.png");
  EXPECT_EQ(calls.names(), (Names{"write", "fdatasync", "linkat", "fsync"}));
}

TEST_F(CommitOrder, a_new_projects_folder_is_durable_before_anything_is_in_it) {
  const RecordedSystemCalls calls;
  store("proj_1/img_1.png");
  EXPECT_EQ(calls.names(), (Names{"write", "fdatasync", "mkdirat", "fsync", "linkat", "fsync"}));
}

TEST_F(CommitOrder, every_new_folder_above_a_private_blob_is_durable_before_the_next_one) {
  {
    const RecordedSystemCalls calls;
    store("proj_1/cp/i/img_1.png");
    EXPECT_EQ(calls.names(), (Names{"write", "fdatasync", "mkdirat", "fsync", "mkdirat", "fsync",
                                    "mkdirat", "fsync", "linkat", "fsync"}));
  }
  const RecordedSystemCalls calls;
  store("proj_1/cp/i/img_2.png");
  EXPECT_EQ(calls.names(), (Names{"write", "fdatasync", "linkat", "fsync"}));
}

TEST_F(CommitOrder, folders_that_an_earlier_process_left_are_synced_before_they_are_relied_on) {
  fs::create_directories(root_ / "proj_1" / "cp" / "i");
  const RecordedSystemCalls calls;
  store("proj_1/cp/i/img_1.png");
  EXPECT_EQ(std::ranges::count(calls.names(), "fsync"), 4);
}

TEST_F(CommitOrder, whichever_folder_of_a_private_blob_fails_the_next_attempt_makes_it_durable) {
  for (const int folder : {1, 2, 3}) {
    const std::string key = "proj_" + std::to_string(folder) + "/cp/i/img_1.png";
    {
      const RecordedSystemCalls calls({.call = "fsync", .occurrence = folder, .error = EIO});
      EXPECT_THROW(store(key), Unavailable);
    }
    EXPECT_FALSE(exists(key));
    const RecordedSystemCalls calls;
    store(key);
    EXPECT_EQ(std::ranges::count(calls.names(), "fsync"), 4);
    EXPECT_TRUE(exists(key));
  }
}

TEST_F(CommitOrder, a_removal_is_synced) {
  store("proj_1/img_1.png");
  const RecordedSystemCalls calls;
  run(blobs_.remove(kBlob));
  EXPECT_EQ(calls.names(), (Names{"unlinkat", "fsync"}));
}

TEST_F(CommitOrder, a_removal_whose_name_is_gone_already_is_synced_all_the_same) {
  store("proj_1/img_1.png");
  {
    const RecordedSystemCalls calls({.call = "fsync", .error = EIO});
    EXPECT_THROW(run(blobs_.remove(kBlob)), Unavailable);
  }
  const RecordedSystemCalls calls;
  run(blobs_.remove(kBlob));
  EXPECT_EQ(calls.names().back(), "fsync");
}

TEST_F(CommitOrder, short_and_interrupted_writes_go_on_where_they_stopped) {
  std::string bytes;
  for (int i = 0; i < 1000; ++i) bytes += std::to_string(i);
  {
    const RecordedSystemCalls calls({.most = 100, .interrupted = true});
    store("proj_1/img_1.png", bytes);
    EXPECT_GT(std::ranges::count(calls.names(), "write"), 50);
  }
  const auto body = run(blobs_.open(kBlob, 0, bytes.size()));
  const auto& region = std::get<base::FileRegion>(*body);
  std::string read(bytes.size() + 1, '\0');
  read.resize(::pread(region.file->get(), read.data(), read.size(), 0));
  EXPECT_EQ(read, bytes);
}

TEST_F(CommitOrder, whatever_fails_nothing_is_visible_and_the_next_attempt_works) {
  struct Case {
    Plan plan;
    Unavailable::Kind kind;
  };
  const std::vector<Case> cases = {
      {{.call = "write", .error = ENOSPC}, Unavailable::Kind::DiskFull},
      {{.call = "write", .error = EDQUOT}, Unavailable::Kind::DiskFull},
      {{.call = "fdatasync", .error = EIO}, Unavailable::Kind::Fail},
      {{.call = "mkdirat", .error = ENOSPC}, Unavailable::Kind::DiskFull},
      {{.call = "fsync", .occurrence = 1, .error = EIO}, Unavailable::Kind::Fail},
      {{.call = "linkat", .error = ENOSPC}, Unavailable::Kind::DiskFull},
      {{.call = "fsync", .occurrence = 2, .error = EIO}, Unavailable::Kind::Fail},
  };
  int number = 0;
  for (const auto& [plan, kind] : cases) {
    const std::string key = "proj_" + std::to_string(++number) + "/img_1.png";
    {
      const RecordedSystemCalls calls(plan);
      try {
        store(key);
        ADD_FAILURE() << plan.call << " failed and the commit did not";
      } catch (const Unavailable& error) {
        EXPECT_EQ(error.kind(), kind) << error.what();
      }
      EXPECT_LE(std::ranges::count(calls.names(), "fdatasync"), 1) << "a failed sync is final";
    }
    EXPECT_FALSE(exists(key)) << plan.call;
    store(key);
    EXPECT_TRUE(exists(key)) << plan.call;
  }
}

TEST_F(CommitOrder, a_folder_that_could_not_be_made_durable_is_not_found_by_the_next_blob) {
  {
    const RecordedSystemCalls calls({.call = "fsync", .error = EIO});
    EXPECT_THROW(store("proj_1/img_1.png"), Unavailable);
  }
  const RecordedSystemCalls calls;
  store("proj_1/img_1.png");
  EXPECT_EQ(std::ranges::count(calls.names(), "mkdirat"), 1);
  EXPECT_EQ(std::ranges::count(calls.names(), "fsync"), 2);
}

}  // namespace pixelvault::port_suites
