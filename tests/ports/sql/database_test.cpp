// What the SQL room promises beyond its ports: group commit, folded errors, back-pressure, and how
// a database is opened.
#include "adapters/sql/database.hpp"

#include <gtest/gtest.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <boost/asio/co_spawn.hpp>
#include <fstream>
#include <latch>
#include <stdexcept>
#include <string>

#include "adapters/sql/health.hpp"
#include "base/unavailable.hpp"
#include "support/run_task.hpp"
#include "support/temporary_directory.hpp"

namespace pixelvault::port_suites {

using adapters::sql::Database;
using base::task;
using base::Unavailable;
using soci::into;
using soci::use;
using support::run;

namespace {

void insert_number(soci::session& session, int number) {
  session << "INSERT INTO numbers (n) VALUES (:n)", use(number);
}

int count_numbers(soci::session& session) {
  int count = 0;
  session << "SELECT COUNT(*) FROM numbers", into(count);
  return count;
}

template <class F>
Unavailable::Kind kind_of_failure(F call) {
  try {
    call();
  } catch (const Unavailable& error) {
    return error.kind();
  }
  throw std::runtime_error("it did not fail");
}

}  // namespace

class SqlDatabase : public testing::Test {
 protected:
  SqlDatabase() {
    run(database_->write([](soci::session& session) {
      session << "CREATE TABLE numbers (n INTEGER PRIMARY KEY)";
      session << "CREATE TABLE children (n INTEGER REFERENCES numbers (n))";
    }));
  }

  Database::Options options() { return {.file = directory_.path() / "db", .write_queue = 64}; }
  void reopen() {
    database_.reset();
    database_ = std::make_unique<Database>(options());
  }
  int count() { return run(database_->read(count_numbers)); }

  /// A write that keeps the writer busy until the latch is open.
  task<void> hold_the_writer(std::latch& held, std::latch& release) {
    return database_->write([&](soci::session&) {
      held.count_down();
      release.wait();
    });
  }

  /// Runs `writes` when all of them wait, so that they share one transaction.
  std::vector<std::future<void>> run_as_one_batch(std::vector<task<void>> writes) {
    std::latch held(1), release(1);
    boost::asio::io_context context;
    std::vector<std::future<void>> results;
    auto first =
        boost::asio::co_spawn(context, hold_the_writer(held, release), boost::asio::use_future);
    context.poll();
    held.wait();
    for (auto& write : writes) {
      results.push_back(boost::asio::co_spawn(context, std::move(write), boost::asio::use_future));
    }
    context.poll();
    release.count_down();
    context.run();
    first.get();
    return results;
  }

  support::TemporaryDirectory directory_;
  std::unique_ptr<Database> database_ = std::make_unique<Database>(options());
};

TEST_F(SqlDatabase, a_finished_write_is_seen_by_the_next_read_and_after_a_restart) {
  run(database_->write([](soci::session& session) { insert_number(session, 1); }));
  EXPECT_EQ(count(), 1);
  reopen();
  EXPECT_EQ(count(), 1);
}

TEST_F(SqlDatabase, writes_that_wait_share_one_transaction) {
  soci::session other(soci::sqlite3, (directory_.path() / "db").string());
  std::vector<int> committed_before(20, -1);
  std::vector<task<void>> writes;
  for (int i = 0; i < 20; ++i) {
    writes.push_back(database_->write([&, i](soci::session& session) {
      insert_number(session, i);
      committed_before[i] = count_numbers(other);
    }));
  }
  for (auto& result : run_as_one_batch(std::move(writes))) EXPECT_NO_THROW(result.get());
  EXPECT_EQ(committed_before, std::vector<int>(20, 0));
  EXPECT_EQ(count(), 20);
}

TEST_F(SqlDatabase, a_failing_write_undoes_itself_and_leaves_the_others_of_its_batch) {
  std::vector<task<void>> writes;
  for (int i = 0; i < 10; ++i) {
    writes.push_back(database_->write([i](soci::session& session) {
      insert_number(session, 100 + i);
      if (i == 4) throw std::domain_error("planned");
      insert_number(session, 200 + i);
    }));
  }
  auto results = run_as_one_batch(std::move(writes));
  for (int i = 0; i < 10; ++i) {
    if (i == 4) {
      EXPECT_THROW(results[i].get(), std::domain_error);
    } else {
      EXPECT_NO_THROW(results[i].get());
    }
  }
  EXPECT_EQ(count(), 18);
}

TEST_F(SqlDatabase, a_failed_commit_fails_and_undoes_every_write_of_its_batch) {
  std::vector<task<void>> writes;
  for (int i = 0; i < 4; ++i) {
    writes.push_back(database_->write([i](soci::session& session) {
      insert_number(session, i);
      if (i != 2) return;
      session << "PRAGMA defer_foreign_keys = ON";  // so that COMMIT is what fails
      session << "INSERT INTO children (n) VALUES (99)";
    }));
  }
  for (auto& result : run_as_one_batch(std::move(writes))) {
    EXPECT_THROW(result.get(), std::logic_error);
  }
  EXPECT_EQ(count(), 0);
  run(database_->write([](soci::session& session) { insert_number(session, 1); }));
  EXPECT_EQ(count(), 1);
}

TEST_F(SqlDatabase, a_full_disk_says_so_and_later_writes_work_again) {
  const auto fill = [](soci::session& session) {
    session << "PRAGMA max_page_count = 40";
    session << "CREATE TABLE filler (bytes BLOB)";
    session << "INSERT INTO filler VALUES (zeroblob(4000000))";
  };
  EXPECT_EQ(kind_of_failure([&] { run(database_->write(fill)); }), Unavailable::Kind::DiskFull);
  run(database_->write([](soci::session& session) { insert_number(session, 1); }));
  EXPECT_EQ(count(), 1);
}

TEST_F(SqlDatabase, a_full_disk_in_a_batch_reaches_everyone_it_undid_as_a_full_disk) {
  std::vector<task<void>> writes;
  for (int i = 0; i < 3; ++i) {
    writes.push_back(database_->write([i](soci::session& session) {
      insert_number(session, i);
      if (i != 1) return;
      session << "PRAGMA max_page_count = 40";
      session << "CREATE TABLE filler (bytes BLOB)";
      session << "INSERT INTO filler VALUES (zeroblob(4000000))";
    }));
  }
  int stored = 0;
  for (auto& result : run_as_one_batch(std::move(writes))) {
    try {
      result.get();
      ++stored;
    } catch (const Unavailable& error) {
      EXPECT_EQ(error.kind(), Unavailable::Kind::DiskFull);
    }
  }
  EXPECT_LE(stored, 2);
  EXPECT_EQ(count(), stored);
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

TEST_F(SqlDatabase, too_many_waiting_writes_are_turned_away) {
  std::vector<task<void>> writes;
  for (int i = 0; i < 70; ++i) {
    writes.push_back(database_->write([i](soci::session& session) { insert_number(session, i); }));
  }
  int refused = 0;
  for (auto& result : run_as_one_batch(std::move(writes))) {
    try {
      result.get();
    } catch (const Unavailable& error) {
      EXPECT_EQ(error.kind(), Unavailable::Kind::Retry);
      ++refused;
    }
  }
  EXPECT_EQ(refused, 6);
  EXPECT_EQ(count(), 64);
}

TEST_F(SqlDatabase, closing_finishes_what_waits) {
  boost::asio::io_context context;
  std::vector<std::future<void>> results;
  for (int i = 0; i < 20; ++i) {
    results.push_back(boost::asio::co_spawn(
        context, database_->write([i](soci::session& session) { insert_number(session, i); }),
        boost::asio::use_future));
  }
  context.poll();
  reopen();
  EXPECT_EQ(count(), 20);
  context.run();
  for (auto& result : results) EXPECT_NO_THROW(result.get());
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
