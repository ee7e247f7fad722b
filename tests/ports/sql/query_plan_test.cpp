// Asks the database how it runs every statement of the stores: none may go through a whole table or
// sort, however many images there are.
#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "adapters/sql/image_queries.hpp"
#include "ports/record_backends.hpp"
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
    for (const auto from : {adapters::sql::From::Newest, adapters::sql::From::Oldest}) {
      const auto steps = plan(adapters::sql::list_sql(query, from));
      EXPECT_EQ(steps, std::vector{"SEARCH images USING INDEX " + searched});
    }
  }

  void use_accounts(const ports::Registration& ann);
  void use_keys(const ports::Registration& ann);
  void use_projects(const ports::Registration& ann);
  void use_images(const ports::Registration& ann);
  void use_upkeep(const ports::Registration& ann);
  void use_exports(const ports::Registration& ann);
  void use_link_keys();

  support::TemporaryDirectory directory_;
  SqlStores stores_{directory_.path() / "db", 1};
  adapters::sql::Database& database_ = stores_.database;
  support::Builders make_;
  std::ostringstream written_;
  std::ostringstream read_;
};

void SqlQueryPlans::use_accounts(const ports::Registration& ann) {
  auto& store = stores_.accounts;
  const auto now = ann.account.created_at;
  run(store.create(ann));
  run(store.find(ann.account.id));
  run(store.find_by_email(ann.account.email));
  run(store.list(std::nullopt, 10));
  run(store.set_plan(ann.account.id, "pro"));
  const auto session = make_.session(ann.account.id);
  run(store.open_session(session));
  run(store.find_session(session.hash, now));
  run(store.close_session(session.hash));
  run(store.set_password_hash(ann.account.id, "hash"));
  run(store.forget_sessions(now, 10));
}

void SqlQueryPlans::use_keys(const ports::Registration& ann) {
  auto& store = stores_.keys;
  const auto project = ann.project.id;
  const auto now = ann.key.created_at;
  run(store.find_caller(ann.key.hash, now));
  run(store.add(make_.key(project)));
  run(store.rotate(make_.key(project), now));
  run(store.list(project, now));
  run(store.find(project, ann.key.id));
  run(store.revoke(project, ann.key.id, now));
  run(store.revoke_all(ann.account.id, now));
  run(store.note_uses({{.key = ann.key.id, .at = now}}));
}

void SqlQueryPlans::use_projects(const ports::Registration& ann) {
  auto& store = stores_.projects;
  const auto project = make_.project(ann.account.id);
  run(store.add(project, 5));
  run(store.list(ann.account.id));
  run(store.find(ann.account.id, project.id));
  run(store.rename(ann.account.id, project.id, "New"));
  run(store.mark_deleted(ann.account.id, project.id, project.created_at));
  run(store.list_unemptied(10));
  auto& usage = stores_.usage;
  run(usage.find(ann.account.id, "2026-11"));
  run(usage.book_bandwidth({{.project = project.id, .bytes = 1}}, "2026-11"));
  run(usage.find_bandwidth(project.id, "2026-11"));
}

void SqlQueryPlans::use_images(const ports::Registration& ann) {
  auto& store = stores_.images;
  auto upload = make_.upload(make_.image(ann.project.id));
  const auto& image = upload.image;
  const auto now = image.created_at;
  run(store.insert(upload));
  run(store.insert(upload));
  run(store.find(image.project, image.id));
  run(store.update(image.project, image.environment, image.id, {.folder = "b"}, now));
  for (const bool folder : {false, true}) {
    for (const bool before : {false, true}) {
      ports::ImageQuery query{.project = image.project};
      if (folder) query.folder = "a";
      if (before) query.before = image.id;
      run(store.list(query));
    }
  }
  run(store.mark_deleted(image.project, image.environment, image.id, now));
  auto refused = make_.upload(make_.image(ann.project.id));
  refused.limits.storage_bytes = 0;
  run(store.insert(refused));
  refused.limits = {.uploads = 1};
  run(store.insert(refused));
  auto keyed = make_.upload(make_.image(ann.project.id));
  keyed.identity.key = "k";
  run(store.insert(keyed));
  run(store.find_replay(image.project, image.environment, keyed.identity, now));
  run(store.has_key(image.project, image.environment, "k", now));
}

void SqlQueryPlans::use_upkeep(const ports::Registration& ann) {
  auto& store = stores_.upkeep;
  const auto now = ann.account.created_at;
  run(store.expire(now, 10));
  run(store.empty_project(ann.project.id, now, 10));
  run(store.forget_keys(now, 10));
  for (const auto& key : run(store.lease_removals(now + std::chrono::hours(1), now, 10))) {
    run(store.finish_removal(key));
  }
}

void SqlQueryPlans::use_exports(const ports::Registration& ann) {
  auto& store = stores_.exports;
  const auto job = make_.export_job(ann.project.id);
  run(store.add(job));
  run(store.find(job.project, job.environment, job.id));
  run(store.lease(job.created_at, job.expires_at));
  run(store.update(job, job.expires_at));
  run(store.forget_expired(job.expires_at, 10));
}

void SqlQueryPlans::use_link_keys() {
  auto& store = stores_.link_keys;
  domain::LinkKey key{.id = "abcd1234", .created_at = {}};
  run(store.add_first(key));
  key.id = "efgh5678";
  run(store.add(key));
  run(store.list());
  run(store.forget_before({}));
}

TEST_F(SqlQueryPlans, no_statement_of_the_stores_scans_or_sorts) {
  const auto ann = make_.registration("ann@example.org");
  record();
  use_accounts(ann);
  use_keys(ann);
  use_projects(ann);
  use_images(ann);
  use_upkeep(ann);
  use_exports(ann);
  use_link_keys();
  const auto recorded = statements();
  EXPECT_GE(recorded.size(), 65U);
  for (const auto& sql : recorded) {
    for (const auto& step : plan(sql)) {
      // The ring of link keys is read whole; it has a handful of rows.
      const bool whole = step.starts_with("SCAN link_keys USING INDEX link_keys_newest");
      const bool scans = step.starts_with("SCAN") && step.find("CONSTANT ROW") == step.npos;
      EXPECT_FALSE(scans && !whole) << sql << "\n" << step;
      EXPECT_EQ(step.find("TEMP B-TREE"), step.npos) << sql << "\n" << step;
    }
  }
}

TEST_F(SqlQueryPlans, a_caller_is_found_by_one_look_up_in_each_index) {
  const auto ann = make_.registration("ann@example.org");
  record();
  run(stores_.keys.find_caller(ann.key.hash, ann.key.created_at));
  const auto recorded = statements();
  ASSERT_EQ(recorded.size(), 1U);
  const auto steps = plan(*recorded.begin());
  ASSERT_EQ(steps.size(), 3U);
  EXPECT_NE(steps.front().find("api_keys"), std::string::npos) << steps.front();
  for (const auto& step : steps) EXPECT_NE(step.find("SEARCH"), std::string::npos) << step;
}

TEST_F(SqlQueryPlans, the_janitor_walks_the_index_of_images_that_end) {
  record();
  run(stores_.upkeep.expire({}, 10));
  const auto recorded = statements();
  ASSERT_EQ(recorded.size(), 1U);
  EXPECT_EQ(plan(*recorded.begin()),
            std::vector<std::string>{"SEARCH images USING INDEX images_expiring (expires_at<?)"});
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
