// Copies of a database that is in use, and looks at one from outside.
#include "adapters/sql/snapshot.hpp"

#include <fstream>

#include "adapters/sql/inspection.hpp"
#include "ports/sql/database_fixture.hpp"

namespace pixelvault::port_suites {

using adapters::sql::inspect;
using adapters::sql::Inspection;
using adapters::sql::write_snapshot;

class SqlSnapshot : public SqlDatabase {
 protected:
  void insert(int number) {
    run(database_->write([=](soci::session& session) { insert_number(session, number); }));
  }
  std::filesystem::path file() { return options().file; }

  const std::filesystem::path copy_ = directory_.path() / "copy";
};

TEST_F(SqlSnapshot, holds_what_was_committed_by_then_and_is_left_as_it_is) {
  insert(1);
  insert(2);
  write_snapshot(file(), copy_);
  insert(3);

  Database copy({.file = copy_, .read_only = true});
  EXPECT_EQ(run(copy.read(count_numbers)), 2);
  EXPECT_THROW(run(copy.write([](soci::session& session) { insert_number(session, 9); })),
               std::exception);
  EXPECT_FALSE(std::filesystem::exists(copy_.string() + "-wal"));
}

TEST_F(SqlSnapshot, is_made_while_a_write_waits_for_nothing) {
  insert(1);
  run(database_->write([this](soci::session& session) {
    insert_number(session, 2);
    write_snapshot(file(), copy_);
  }));
  Database copy({.file = copy_, .read_only = true});
  EXPECT_EQ(run(copy.read(count_numbers)), 1);
}

TEST_F(SqlSnapshot, never_writes_over_a_file) {
  write_snapshot(file(), copy_);
  EXPECT_ANY_THROW(write_snapshot(file(), copy_));
}

TEST_F(SqlSnapshot, a_sound_database_is_found_sound) {
  for (const auto depth : {Inspection::Quick, Inspection::Deep}) {
    const auto facts = inspect(file(), depth);
    EXPECT_EQ(facts.complaint, "");
    EXPECT_EQ(facts.schema, facts.known_schema);
    EXPECT_EQ(facts.journal_mode, "wal");
  }
}

TEST_F(SqlSnapshot, a_spoiled_page_is_found) {
  run(database_->write([](soci::session& session) {
    for (int i = 0; i < 5000; ++i) insert_number(session, i);
  }));
  write_snapshot(file(), copy_);
  std::fstream spoiled(copy_, std::ios::in | std::ios::out | std::ios::binary);
  spoiled.seekp(-4096, std::ios::end);
  spoiled << std::string(4096, '\x55');
  spoiled.close();
  std::string complaint;
  try {
    complaint = inspect(copy_, Inspection::Quick).complaint;
  } catch (const base::Unavailable& error) {
    complaint = error.what();
  }
  EXPECT_NE(complaint, "");
}

}  // namespace pixelvault::port_suites
