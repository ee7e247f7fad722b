// What the files of the store look like from outside, and what a restart finds and clears.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cerrno>
#include <fstream>
#include <stdexcept>

#include "adapters/filesystem/blob_key.hpp"
#include "adapters/filesystem/blob_store.hpp"
#include "adapters/filesystem/health.hpp"
#include "adapters/posix/file_calls.hpp"
#include "base/unavailable.hpp"
#include "support/run_task.hpp"
#include "support/temporary_directory.hpp"

namespace pixelvault::port_suites {

namespace fs = std::filesystem;

using adapters::filesystem::FilesystemBlobStore;
using adapters::filesystem::parse_key;
using base::Unavailable;
using support::run;

namespace {

base::task<void> store(ports::BlobStore& blobs, std::string key, std::string bytes) {
  const auto writer = co_await blobs.create();
  co_await writer->write(base::as_bytes(bytes));
  co_await writer->commit(std::move(key));
}

Unavailable::Kind kind_of(int error) {
  try {
    adapters::posix::throw_errno(error, "call");
  } catch (const Unavailable& unavailable) {
    return unavailable.kind();
  }
}

}  // namespace

class BlobFiles : public testing::TestWithParam<bool> {
 protected:
  FilesystemBlobStore open() const {
    return FilesystemBlobStore({.root = root_, .threads = 2, .unnamed_temporaries = GetParam()});
  }
  bool nothing_unfinished() const { return fs::is_empty(root_ / "tmp"); }

  support::TemporaryDirectory directory_;
  const fs::path root_ = directory_.path() / "data" / "blobs";
};

INSTANTIATE_TEST_SUITE_P(WithAndWithoutNames, BlobFiles, testing::Bool(),
                         [](const auto& suite) { return suite.param ? "Unnamed" : "Named"; });

TEST_P(BlobFiles, the_path_of_a_blob_is_its_key) {
  auto blobs = open();
  run(store(blobs, "proj_1/img_1.png", "bytes"));
  EXPECT_EQ(fs::file_size(root_ / "proj_1" / "img_1.png"), 5U);
  EXPECT_EQ(fs::hard_link_count(root_ / "proj_1" / "img_1.png"), 1U);
  EXPECT_TRUE(nothing_unfinished());
}

TEST_P(BlobFiles, private_blobs_lie_apart_from_the_public_ones_of_their_project) {
  auto blobs = open();
  run(store(blobs, "proj_1/cp/i/img_1.png", "bytes"));
  run(store(blobs, "proj_1/img_1.png", "other"));
  EXPECT_EQ(fs::file_size(root_ / "proj_1" / "cp" / "i" / "img_1.png"), 5U);
  const ports::BlobRef blob{.key = "proj_1/cp/i/img_1.png"};
  run(blobs.remove(blob));
  EXPECT_FALSE(fs::exists(root_ / "proj_1" / "cp" / "i" / "img_1.png"));
  EXPECT_TRUE(fs::exists(root_ / "proj_1" / "img_1.png"));
}

TEST_P(BlobFiles, others_may_not_read_a_blob) {
  auto blobs = open();
  run(store(blobs, "proj_1/img_1.png", "bytes"));
  const auto may = fs::status(root_ / "proj_1" / "img_1.png").permissions();
  EXPECT_EQ(may & fs::perms::others_all, fs::perms::none);
}

TEST_P(BlobFiles, an_unfinished_writer_has_no_name_after_it_is_dropped) {
  auto blobs = open();
  {
    const auto writer = run(blobs.create());
    run(writer->write(base::as_bytes(std::string(300'000, 'x'))));
    EXPECT_EQ(nothing_unfinished(), GetParam());
  }
  EXPECT_TRUE(nothing_unfinished());
}

TEST_P(BlobFiles, a_failed_commit_leaves_no_file) {
  auto blobs = open();
  std::ofstream(root_ / "proj_1") << "a file where the folder should be";
  EXPECT_THROW(run(store(blobs, "proj_1/img_1.png", "bytes")), Unavailable);
  EXPECT_TRUE(nothing_unfinished());
}

TEST_P(BlobFiles, a_start_removes_what_was_left_unfinished_and_keeps_the_blobs) {
  {
    auto blobs = open();
    run(store(blobs, "proj_1/img_1.png", "bytes"));
  }
  std::ofstream(root_ / "tmp" / "blob.7") << "left by a crash";
  const auto blobs = open();
  EXPECT_TRUE(nothing_unfinished());
  EXPECT_TRUE(fs::exists(root_ / "proj_1" / "img_1.png"));
}

TEST_P(BlobFiles, another_process_beside_a_server_leaves_what_that_is_writing) {
  const auto server = open();
  std::ofstream(root_ / "tmp" / "blob.7") << "being written";
  const FilesystemBlobStore beside({.root = root_, .threads = 1, .alone = false});
  EXPECT_FALSE(nothing_unfinished());
}

TEST_P(BlobFiles, foreign_files_and_links_are_no_blobs) {
  auto blobs = open();
  run(store(blobs, "proj_1/img_1.png", "bytes"));
  std::ofstream(root_ / "proj_1" / "A PHOTO.png") << "somebody's";
  std::ofstream(root_ / "notes.txt") << "somebody's";
  std::ofstream(root_ / "tmp" / "blob.7") << "unfinished";
  fs::create_symlink("/etc/passwd", root_ / "proj_1" / "img_2.png");
  const auto walk = run(blobs.walk());
  EXPECT_EQ(run(walk->next()).size(), 1U);
  EXPECT_TRUE(run(walk->next()).empty());
}

TEST_P(BlobFiles, a_link_in_the_place_of_a_blob_is_not_followed) {
  auto blobs = open();
  fs::create_directory(root_ / "proj_1");
  fs::create_symlink("/etc/passwd", root_ / "proj_1" / "img_1.png");
  const ports::BlobRef blob{.key = "proj_1/img_1.png"};
  EXPECT_THROW(run(blobs.open(blob, 0, 1)), Unavailable);
}

TEST_P(BlobFiles, the_health_probe_writes_a_file_and_leaves_none) {
  auto blobs = open();
  adapters::filesystem::FilesystemProbe probe(blobs);
  EXPECT_EQ(probe.name(), "blobs");
  EXPECT_NO_THROW(run(probe.check()));
  EXPECT_TRUE(nothing_unfinished());
}

TEST_P(BlobFiles, the_health_probe_fails_when_the_folder_is_gone) {
  auto blobs = open();
  adapters::filesystem::FilesystemProbe probe(blobs);
  fs::remove_all(root_);
  EXPECT_THROW(run(probe.check()), Unavailable);
}

TEST_P(BlobFiles, a_root_that_cannot_be_made_is_refused) {
  std::ofstream(directory_.path() / "data") << "a file";
  EXPECT_THROW(open(), Unavailable);
}

TEST(BlobKey, a_key_is_a_folder_and_a_name) {
  const auto key = parse_key("proj_01h/img_9z.jpg");
  EXPECT_EQ(key.folder, "proj_01h");
  EXPECT_EQ(key.name, "img_9z.jpg");
}

TEST(BlobKey, private_images_lie_below_their_project) {
  const auto key = parse_key("proj_01h/cp/i/img_9z.jpg");
  EXPECT_EQ(key.folder, "proj_01h/cp/i");
  EXPECT_EQ(key.name, "img_9z.jpg");
}

TEST(BlobKey, anything_that_could_leave_the_folder_is_a_bug) {
  for (const char* key : {"",           "/",       "a",          "a/",         "/a",
                          "../a",       "a/..",    "a/.",        "./a",        "a/b/c",
                          "/a/b",       "A/b",     "a/b c",      "a/b%2f",     "a\\b/c",
                          "a/.hidden",  "tmp/a",   "a//b",       "a/cp/b",     "a/cp/i/",
                          "a/cp/j/b",   "/cp/i/b", "a/b/cp/i/c", "tmp/cp/i/b", "a/cp/i/cp/i/b",
                          "a/cp/i/../b"}) {
    EXPECT_THROW(parse_key(key), std::logic_error) << key;
  }
  EXPECT_THROW(parse_key(std::string("a/b\0c", 5)), std::logic_error);
}

TEST(FileErrors, they_say_what_to_do) {
  EXPECT_EQ(kind_of(ENOSPC), Unavailable::Kind::DiskFull);
  EXPECT_EQ(kind_of(EDQUOT), Unavailable::Kind::DiskFull);
  EXPECT_EQ(kind_of(EMFILE), Unavailable::Kind::Retry);
  EXPECT_EQ(kind_of(EIO), Unavailable::Kind::Fail);
  EXPECT_EQ(kind_of(EROFS), Unavailable::Kind::Fail);
}

}  // namespace pixelvault::port_suites
