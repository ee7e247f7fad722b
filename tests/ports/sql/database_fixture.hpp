// A database of its own for each test of the SQL room, with two small tables.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <future>
#include <latch>
#include <memory>
#include <stdexcept>
#include <vector>

#include "adapters/sql/database.hpp"
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

inline void insert_number(soci::session& session, int number) {
  session << "INSERT INTO numbers (n) VALUES (:n)", use(number);
}

inline int count_numbers(soci::session& session) {
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

}  // namespace pixelvault::port_suites
