// Files beside the blobs: whole under their names, or not there.
#include "adapters/filesystem/durable_file.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "base/unavailable.hpp"
#include "support/temporary_directory.hpp"

namespace pixelvault::port_suites {

namespace files = adapters::filesystem;
namespace fs = std::filesystem;

class DurableFile : public testing::Test {
 protected:
  support::TemporaryDirectory directory_;
  const fs::path path_ = directory_.path() / "file";
  const fs::path other_ = directory_.path() / "other";
};

TEST_F(DurableFile, is_replaced_as_a_whole) {
  files::write_file(path_, "first");
  files::write_file(path_, "second, and longer");
  EXPECT_EQ(files::read_file(path_), "second, and longer");
  EXPECT_FALSE(fs::exists(path_.string() + ".part"));
}

TEST_F(DurableFile, what_a_crash_has_left_is_not_in_the_way) {
  std::ofstream(path_.string() + ".part") << "half of something longer than this";
  files::write_file(path_, "whole");
  EXPECT_EQ(files::read_file(path_), "whole");
}

TEST_F(DurableFile, a_copy_tells_what_was_copied) {
  const std::string bytes(2'500'000, 'x');
  files::write_file(path_, bytes);
  EXPECT_EQ(files::copy_file(path_, other_), base::sha256(base::as_bytes(bytes)));
  EXPECT_EQ(files::hash_file(other_), base::sha256(base::as_bytes(bytes)));
  EXPECT_EQ(files::read_file(other_), bytes);
}

TEST_F(DurableFile, a_copy_of_nothing_leaves_nothing) {
  EXPECT_THROW(files::copy_file(path_, other_), base::Unavailable);
  EXPECT_FALSE(fs::exists(other_));
  EXPECT_THROW(files::read_file(path_), base::Unavailable);
}

TEST_F(DurableFile, somebody_elses_file_gets_its_name) {
  std::ofstream(other_) << "by another library";
  files::write_file(path_, "old");
  files::publish_file(other_, path_);
  EXPECT_EQ(files::read_file(path_), "by another library");
  EXPECT_FALSE(fs::exists(other_));
}

TEST_F(DurableFile, is_removed_once_and_again) {
  files::write_file(path_, "x");
  files::remove_file(path_);
  EXPECT_NO_THROW(files::remove_file(path_));
  EXPECT_FALSE(fs::exists(path_));
}

}  // namespace pixelvault::port_suites
