#include <gtest/gtest.h>

#include <chrono>

#include "app/doctor/checks.hpp"

namespace pixelvault::app::doctor {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

constexpr std::uint64_t kGigabyte = 1ULL << 30;
constexpr FreeSpace kRoomy{
    .bytes = 50 * kGigabyte, .of_bytes = 100 * kGigabyte, .inodes = 900, .of_inodes = 1000};

Verdict space(FreeSpace changed) { return judge_space(changed).verdict; }

TEST(DoctorSpace, room_for_bytes_and_inodes_is_well) { EXPECT_EQ(space(kRoomy), Verdict::Ok); }

TEST(DoctorSpace, a_file_system_that_counts_no_inodes_has_enough) {
  auto uncounted = kRoomy;
  uncounted.inodes = uncounted.of_inodes = 0;
  EXPECT_EQ(space(uncounted), Verdict::Ok);
}

TEST(DoctorSpace, little_is_a_warning_and_nothing_a_failure) {
  auto little = kRoomy;
  little.bytes = kGigabyte / 2;
  EXPECT_EQ(space(little), Verdict::Warning);
  little.bytes = kGigabyte / 20;
  EXPECT_EQ(space(little), Verdict::Failure);
  auto few = kRoomy;
  few.inodes = 40;
  EXPECT_EQ(space(few), Verdict::Warning);
  few.inodes = 0;
  EXPECT_EQ(space(few), Verdict::Failure);
}

TEST(DoctorSyncing, file_systems_are_told_apart) {
  EXPECT_EQ(judge_file_system(file_system_of(0xEF53)).verdict, Verdict::Ok);
  EXPECT_EQ(judge_file_system(file_system_of(0x01021994)).verdict, Verdict::Failure);
  EXPECT_EQ(judge_file_system(file_system_of(0x6969)).verdict, Verdict::Failure);
  EXPECT_EQ(judge_file_system(file_system_of(0x794C7630)).verdict, Verdict::Warning);
  EXPECT_EQ(judge_file_system(file_system_of(0x1)).verdict, Verdict::Warning);
}

TEST(DoctorSyncing, a_sync_that_takes_no_time_is_a_lie_unless_it_is_memory) {
  const auto ext4 = file_system_of(0xEF53);
  EXPECT_EQ(judge_sync_time(microseconds(19), ext4).verdict, Verdict::Warning);
  EXPECT_EQ(judge_sync_time(microseconds(20), ext4).verdict, Verdict::Ok);
  EXPECT_EQ(judge_sync_time(microseconds(50'001), ext4).verdict, Verdict::Warning);
  EXPECT_EQ(judge_sync_time(microseconds(2), file_system_of(0x01021994)).verdict, Verdict::Ok);
}

TEST(DoctorClock, years_and_file_times_and_nobody_who_keeps_it) {
  const base::Timestamp now = base::from_unix_millis(1'795'341'600'000);
  EXPECT_EQ(judge_clock({.now = now, .file_time = now}).verdict, Verdict::Ok);
  EXPECT_EQ(judge_clock({.now = now, .file_time = now - seconds(3)}).verdict, Verdict::Warning);
  EXPECT_EQ(judge_clock({.now = now, .file_time = now, .synchronised = false}).verdict,
            Verdict::Warning);
  const base::Timestamp epoch{};
  EXPECT_EQ(judge_clock({.now = epoch, .file_time = epoch}).verdict, Verdict::Failure);
}

TEST(DoctorOpenFiles, fewer_than_the_server_needs_is_told) {
  const FileNeeds needs{.least = 600, .well = 16'000};
  EXPECT_EQ(judge_open_files(16'000, needs).verdict, Verdict::Ok);
  EXPECT_EQ(judge_open_files(15'999, needs).verdict, Verdict::Warning);
  EXPECT_EQ(judge_open_files(600, needs).verdict, Verdict::Warning);
  EXPECT_EQ(judge_open_files(599, needs).verdict, Verdict::Failure);
  EXPECT_TRUE(judge_open_files(599, needs).remedy.contains("Allow 16000:"));
}

TEST(DoctorOpenFiles, a_server_needs_what_its_connections_need) {
  Config config;
  config.max_connections = 200;
  const auto few = file_needs(config);
  config.max_connections = 50'000;
  const auto many = file_needs(config);
  EXPECT_EQ(many.least, few.least + 49'800);
  EXPECT_EQ(many.well, few.well + 74'700);
  EXPECT_GT(few.well, few.least);
}

TEST(DoctorOpenFiles, a_server_without_a_number_of_connections_wants_ten_thousand) {
  Config config;
  const auto needs = file_needs(config);
  config.max_connections = 10'000;
  EXPECT_EQ(needs.well, file_needs(config).well);
  EXPECT_LT(needs.least, file_needs(config).least);
}

TEST(DoctorAccess, a_database_is_hidden_by_its_folder) {
  EXPECT_EQ(judge_access(0750, 0640).verdict, Verdict::Ok);
  EXPECT_EQ(judge_access(0750, 0644).verdict, Verdict::Ok);
  EXPECT_EQ(judge_access(0755, 0640).verdict, Verdict::Ok);
  EXPECT_EQ(judge_access(0755, 0644).verdict, Verdict::Warning);
  EXPECT_EQ(judge_access(0777, 0640).verdict, Verdict::Failure);
}

TEST(DoctorDatabase, schema_journal_and_damage_are_judged_apart) {
  adapters::sql::DatabaseFacts facts{
      .schema = 3, .known_schema = 3, .journal_mode = "wal", .complaint = ""};
  for (const auto& one : judge_database(facts)) EXPECT_EQ(one.verdict, Verdict::Ok) << one.check;
  facts.schema = 2;
  EXPECT_EQ(judge_database(facts).at(1).verdict, Verdict::Warning);
  facts.schema = 4;
  EXPECT_EQ(judge_database(facts).at(1).verdict, Verdict::Failure);
  facts.journal_mode = "delete";
  EXPECT_EQ(judge_database(facts).at(2).verdict, Verdict::Warning);
  facts.complaint = "row 7 missing from index images_newest";
  EXPECT_EQ(judge_database(facts).at(0).verdict, Verdict::Failure);
}

TEST(DoctorDatabase, a_log_that_is_never_shortened_is_told) {
  EXPECT_EQ(judge_log(16U << 20).verdict, Verdict::Ok);
  EXPECT_EQ(judge_log(500U << 20).verdict, Verdict::Warning);
}

}  // namespace
}  // namespace pixelvault::app::doctor
