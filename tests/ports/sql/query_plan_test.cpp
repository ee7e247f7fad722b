// Asks the database how it runs every statement of the stores: none may go through a whole table or
// sort, however many images there are.
#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "adapters/sql/account_store.hpp"
#include "adapters/sql/image_queries.hpp"
#include "adapters/sql/image_store.hpp"
#include "support/builders.hpp"
#include "support/run_task.hpp"
#include "support/temporary_directory.hpp"

namespace pixelvault::port_suites {

using support::run;

class SqlQueryPlans : public testing::Test {
 protected:
  /// Notes every statement that the stores run from now on.
  void record() {
    run(database_.write([this](soci::session& session) { session.set_log_stream(&written_); }));
    run(database_.read([this](soci::session& session) { session.set_log_stream(&read_); }));
  }

  /// The statements that were noted and that touch rows.
  std::set<std::string> statements() {
    const auto stop = [](soci::session& session) { session.set_log_stream(nullptr); };
    run(database_.write(stop));
    run(database_.read(stop));
    std::istringstream lines(written_.str() + read_.str());
    std::set<std::string> result;
    for (std::string line; std::getline(lines, line);) {
      const std::string verb = line.substr(0, line.find(' '));
      if (verb == "SELECT" || verb == "INSERT" || verb == "UPDATE" || verb == "DELETE") {
        result.insert(line);
      }
    }
    return result;
  }

  std::vector<std::string> plan(const std::string& sql) {
    return run(database_.read([&](soci::session& session) {
      int id = 0, parent = 0, unused = 0;
      std::string detail;
      soci::statement statement = (session.prepare << "EXPLAIN QUERY PLAN " + sql, soci::into(id),
                                   soci::into(parent), soci::into(unused), soci::into(detail));
      statement.execute();
      std::vector<std::string> steps;
      while (statement.fetch()) steps.push_back(detail);
      return steps;
    }));
  }

  /// `searched` is the part of the index that narrows the search down; the rest is read in order.
  void expect_plan(const ports::ImageQuery& query, const std::string& searched) {
    const auto steps = plan(adapters::sql::list_sql(query));
    EXPECT_EQ(steps, std::vector{"SEARCH images USING INDEX " + searched});
  }

  void use_everything();

  support::TemporaryDirectory directory_;
  adapters::sql::Database database_{{.file = directory_.path() / "db", .readers = 1}};
  adapters::sql::SqlAccountStore accounts_{database_};
  adapters::sql::SqlImageStore images_{database_};
  support::Builders make_;
  std::ostringstream written_;
  std::ostringstream read_;
};

void SqlQueryPlans::use_everything() {
  const auto ann = make_.registration("ann@example.org");
  run(accounts_.create(ann));
  run(accounts_.find_caller(ann.key.hash));
  const auto image = make_.image(ann.project.id);
  run(images_.insert(image));
  run(images_.find(image.project, image.id));
  for (const bool folder : {false, true}) {
    for (const bool before : {false, true}) {
      ports::ImageQuery query{.project = image.project};
      if (folder) query.folder = "a";
      if (before) query.before = image.id;
      run(images_.list(query));
    }
  }
  const auto now = image.created_at;
  run(images_.mark_deleted(image.project, image.environment, image.id, now));
  for (const auto& key : run(images_.lease_removals(now, now, 10))) {
    run(images_.finish_removal(key));
  }
}

TEST_F(SqlQueryPlans, no_statement_of_the_stores_scans_or_sorts) {
  record();
  use_everything();
  const auto recorded = statements();
  EXPECT_GE(recorded.size(), 15U);
  for (const auto& sql : recorded) {
    for (const auto& step : plan(sql)) {
      const bool scans = step.starts_with("SCAN") && step.find("CONSTANT ROW") == step.npos;
      EXPECT_FALSE(scans) << sql << "\n" << step;
      EXPECT_EQ(step.find("TEMP B-TREE"), step.npos) << sql << "\n" << step;
    }
  }
}

TEST_F(SqlQueryPlans, a_list_walks_the_index_of_live_images) {
  ports::ImageQuery query{.project = make_.id<domain::ProjectId>()};
  expect_plan(query, "images_newest (project_id=? AND environment=?)");
  query.before = make_.id<domain::ImageId>();
  expect_plan(query, "images_newest (project_id=? AND environment=? AND id<?)");
}

TEST_F(SqlQueryPlans, a_list_of_a_folder_walks_the_index_of_folders) {
  ports::ImageQuery query{.project = make_.id<domain::ProjectId>(), .folder = "a"};
  expect_plan(query, "images_newest_of_folder (project_id=? AND environment=? AND folder=?)");
  query.before = make_.id<domain::ImageId>();
  expect_plan(query,
              "images_newest_of_folder (project_id=? AND environment=? AND folder=? AND id<?)");
}

}  // namespace pixelvault::port_suites
