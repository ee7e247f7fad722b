// Many writers, one transaction: what they share, and what they don't.
#include <soci/sqlite3/soci-sqlite3.h>

#include "ports/sql/database_fixture.hpp"

namespace pixelvault::port_suites {

class GroupCommit : public SqlDatabase {};

TEST_F(GroupCommit, writes_that_wait_share_one_transaction) {
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

TEST_F(GroupCommit, a_failing_write_undoes_itself_and_leaves_the_others_of_its_batch) {
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

TEST_F(GroupCommit, a_failed_commit_fails_and_undoes_every_write_of_its_batch) {
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

TEST_F(GroupCommit, a_full_disk_says_so_and_later_writes_work_again) {
  const auto fill = [](soci::session& session) {
    session << "PRAGMA max_page_count = 40";
    session << "CREATE TABLE filler (bytes BLOB)";
    session << "INSERT INTO filler VALUES (zeroblob(4000000))";
  };
  EXPECT_EQ(kind_of_failure([&] { run(database_->write(fill)); }), Unavailable::Kind::DiskFull);
  run(database_->write([](soci::session& session) { insert_number(session, 1); }));
  EXPECT_EQ(count(), 1);
}

TEST_F(GroupCommit, a_full_disk_in_a_batch_reaches_everyone_it_undid_as_a_full_disk) {
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

TEST_F(GroupCommit, too_many_waiting_writes_are_turned_away) {
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

TEST_F(GroupCommit, closing_finishes_what_waits) {
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

}  // namespace pixelvault::port_suites
