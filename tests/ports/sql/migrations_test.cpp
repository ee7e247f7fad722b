#include "adapters/sql/migrations.hpp"

#include <gtest/gtest.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <array>

namespace pixelvault::port_suites {

using adapters::sql::migrate;
using adapters::sql::Migration;
using adapters::sql::migrations;

namespace {

constexpr std::array<std::string_view, 1> kMakeA = {"CREATE TABLE a (x INTEGER)"};
constexpr std::array<std::string_view, 2> kMakeB = {"CREATE TABLE b (x INTEGER)",
                                                    "INSERT INTO a VALUES (1)"};
constexpr std::array<std::string_view, 2> kBroken = {"CREATE TABLE c (x INTEGER)", "NONSENSE"};

constexpr std::array<Migration, 2> kTwo = {{{.version = 1, .name = "a", .statements = kMakeA},
                                            {.version = 2, .name = "b", .statements = kMakeB}}};
constexpr std::array<Migration, 2> kSecondBroken = {
    {{.version = 1, .name = "a", .statements = kMakeA},
     {.version = 2, .name = "c", .statements = kBroken}}};

int count(soci::session& session, const std::string& table) {
  int rows = -1;
  session << "SELECT COUNT(*) FROM " << table, soci::into(rows);
  return rows;
}

bool has_table(soci::session& session, const std::string& name) {
  int tables = 0;
  session << "SELECT COUNT(*) FROM sqlite_master WHERE name = :name", soci::use(name),
      soci::into(tables);
  return tables == 1;
}

}  // namespace

class SqlMigrations : public testing::Test {
 protected:
  soci::session session_{soci::sqlite3, ":memory:"};
};

TEST_F(SqlMigrations, all_steps_are_taken_in_order) {
  migrate(session_, kTwo);
  EXPECT_EQ(count(session_, "a"), 1);
  EXPECT_EQ(count(session_, "schema_migrations"), 2);
}

TEST_F(SqlMigrations, a_step_is_taken_once) {
  migrate(session_, kTwo);
  migrate(session_, kTwo);
  EXPECT_EQ(count(session_, "a"), 1);
}

TEST_F(SqlMigrations, only_what_is_missing_is_taken) {
  migrate(session_, std::span(kTwo).first(1));
  EXPECT_FALSE(has_table(session_, "b"));
  migrate(session_, kTwo);
  EXPECT_TRUE(has_table(session_, "b"));
}

TEST_F(SqlMigrations, a_step_that_fails_leaves_nothing_of_itself) {
  EXPECT_ANY_THROW(migrate(session_, kSecondBroken));
  EXPECT_TRUE(has_table(session_, "a"));
  EXPECT_FALSE(has_table(session_, "c"));
  EXPECT_EQ(count(session_, "schema_migrations"), 1);
}

TEST_F(SqlMigrations, released_steps_are_numbered_without_gaps) {
  long long expected = 0;
  for (const auto& step : migrations()) EXPECT_EQ(step.version, ++expected);
  EXPECT_GT(expected, 0);
}

}  // namespace pixelvault::port_suites
