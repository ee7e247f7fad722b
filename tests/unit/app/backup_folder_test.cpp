#include "app/backup_folder.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "app/config.hpp"
#include "support/builders.hpp"
#include "support/temporary_directory.hpp"

namespace pixelvault::app {
namespace {

class BackupFolderTest : public testing::Test {
 protected:
  BackupManifest manifest(const std::string& database) const {
    std::ofstream(folder_.file(database)) << "a database";
    return {.version = "1.2.3",
            .created_at = base::from_unix_millis(1'795'341'600'123),
            .database = database,
            .database_sha256 = base::sha256(base::as_bytes("a database")),
            .images = 5,
            .bytes = 6'000'000'000};
  }
  bool has(const std::string& name) const { return std::filesystem::exists(folder_.file(name)); }

  support::TemporaryDirectory directory_;
  BackupFolder folder_ = BackupFolder::open(directory_.path() / "backup");
};

TEST_F(BackupFolderTest, a_manifest_is_read_as_it_was_written) {
  auto written = manifest("pixelvault-1.db");
  support::Builders build;
  written.gone = {build.id<domain::ImageId>()};
  folder_.publish(written);
  const auto read = folder_.manifest();
  ASSERT_TRUE(read);
  EXPECT_EQ(read->version, written.version);
  EXPECT_EQ(read->created_at, written.created_at);
  EXPECT_EQ(read->database, written.database);
  EXPECT_EQ(read->database_sha256, written.database_sha256);
  EXPECT_EQ(read->images, 5U);
  EXPECT_EQ(read->bytes, 6'000'000'000U);
  EXPECT_EQ(read->gone, written.gone);
}

TEST_F(BackupFolderTest, what_is_no_manifest_is_refused) {
  const auto whole = to_json(manifest("pixelvault-1.db"));
  EXPECT_TRUE(parse_manifest(whole));
  EXPECT_FALSE(parse_manifest(""));
  EXPECT_FALSE(parse_manifest("[]"));
  EXPECT_FALSE(parse_manifest(whole.substr(0, whole.size() / 2)));
  auto outside = manifest("pixelvault-1.db");
  outside.database = "../other.db";
  EXPECT_FALSE(parse_manifest(to_json(outside)));
}

TEST_F(BackupFolderTest, a_folder_without_a_manifest_is_no_backup) {
  EXPECT_FALSE(folder_.manifest());
  EXPECT_THROW(BackupFolder::find(directory_.path()), ConfigError);
}

TEST_F(BackupFolderTest, a_damaged_manifest_is_not_taken_for_none) {
  std::ofstream(folder_.file("manifest.json")) << "{";
  EXPECT_THROW(folder_.manifest(), std::runtime_error);
}

TEST_F(BackupFolderTest, the_backup_before_is_kept_and_older_ones_go) {
  for (const char* name : {"pixelvault-1.db", "pixelvault-2.db", "pixelvault-3.db"}) {
    folder_.publish(manifest(name));
  }
  EXPECT_EQ(folder_.manifest()->database, "pixelvault-3.db");
  EXPECT_TRUE(has("pixelvault-3.db") && has("pixelvault-2.db") && has("manifest.1.json"));
  EXPECT_FALSE(has("pixelvault-1.db"));
}

TEST_F(BackupFolderTest, two_backups_into_one_folder_are_refused) {
  EXPECT_THROW(BackupFolder::open(directory_.path() / "backup"), ConfigError);
}

}  // namespace
}  // namespace pixelvault::app
