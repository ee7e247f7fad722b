// How a database is opened, read and written, and what its errors mean.
#include "adapters/sql/database.hpp"

#include <soci/sqlite3/soci-sqlite3.h>

#include <fstream>
#include <string>

#include "adapters/sql/health.hpp"
#include "ports/sql/database_fixture.hpp"

namespace pixelvault::port_suites {

TEST_F(SqlDatabase, a_finished_write_is_seen_by_the_next_read_and_after_a_restart) {
  run(database_->write([](soci::session& session) { insert_number(session, 1); }));
  EXPECT_EQ(count(), 1);
  reopen();
  EXPECT_EQ(count(), 1);
}

TEST_F(SqlDatabase, another_process_that_holds_the_lock_means_try_again) {
  auto impatient = options();
  impatient.busy_timeout = std::chrono::milliseconds(20);
  Database database(impatient);
  soci::session other(soci::sqlite3, (directory_.path() / "db").string());
  other << "BEGIN IMMEDIATE";
  const auto write = [&] {
    run(database.write([](soci::session& session) { insert_number(session, 1); }));
  };
  EXPECT_EQ(kind_of_failure(write), Unavailable::Kind::Retry);
  other << "ROLLBACK";
  EXPECT_NO_THROW(write());
}

TEST_F(SqlDatabase, wrong_statements_and_broken_constraints_are_bugs) {
  EXPECT_THROW(run(database_->read([](soci::session& session) { session << "SELEKT 1"; })),
               std::logic_error);
  EXPECT_THROW(run(database_->write([](soci::session& session) {
                 session << "INSERT INTO children (n) VALUES (99)";
               })),
               std::logic_error);
}

TEST_F(SqlDatabase, a_reader_cannot_write) {
  EXPECT_ANY_THROW(run(database_->read([](soci::session& session) { insert_number(session, 1); })));
  EXPECT_EQ(count(), 0);
}

TEST_F(SqlDatabase, a_read_sees_one_snapshot) {
  run(database_->read([&](soci::session& session) {
    EXPECT_EQ(count_numbers(session), 0);
    run(database_->write([](soci::session& writer) { insert_number(writer, 1); }));
    EXPECT_EQ(count_numbers(session), 0);
  }));
  EXPECT_EQ(count(), 1);
}

TEST_F(SqlDatabase, every_commit_is_synced_to_a_write_ahead_log) {
  const auto setting = [](const char* name) {
    return [name](soci::session& session) {
      std::string value;
      session << "PRAGMA " << name, into(value);
      return value;
    };
  };
  EXPECT_EQ(run(database_->write(setting("journal_mode"))), "wal");
  EXPECT_EQ(run(database_->write(setting("synchronous"))), "2");
  EXPECT_EQ(run(database_->write(setting("foreign_keys"))), "1");
}

TEST_F(SqlDatabase, a_database_of_a_newer_program_is_refused_with_both_versions) {
  run(database_->write([](soci::session& session) {
    session << "INSERT INTO schema_migrations (version, name) VALUES (900, 'later')";
  }));
  try {
    reopen();
    ADD_FAILURE() << "it was opened";
  } catch (const Unavailable& error) {
    EXPECT_EQ(error.kind(), Unavailable::Kind::Fail);
    EXPECT_NE(std::string(error.what()).find("900"), std::string::npos) << error.what();
  }
}

TEST_F(SqlDatabase, a_file_that_is_no_database_is_refused) {
  const auto path = directory_.path() / "text";
  std::ofstream(path) << std::string(5000, 'x');
  EXPECT_EQ(kind_of_failure([&] { Database({.file = path}); }), Unavailable::Kind::Fail);
}

TEST_F(SqlDatabase, a_missing_folder_is_refused) {
  EXPECT_EQ(kind_of_failure([&] { Database({.file = directory_.path() / "no" / "db"}); }),
            Unavailable::Kind::Fail);
}

TEST_F(SqlDatabase, a_path_with_spaces_and_signs_is_only_a_path) {
  const auto folder = directory_.path() / "a b=c";
  std::filesystem::create_directory(folder);
  const Database database({.file = folder / "my db"});
  EXPECT_TRUE(std::filesystem::exists(folder / "my db"));
}

TEST_F(SqlDatabase, the_health_probe_reads_and_commits) {
  adapters::sql::DatabaseProbe probe(*database_);
  EXPECT_EQ(probe.name(), "database");
  EXPECT_NO_THROW(run(probe.check()));
  run(database_->write([](soci::session& session) { session << "DROP TABLE health"; }));
  EXPECT_ANY_THROW(run(probe.check()));
}

}  // namespace pixelvault::port_suites
