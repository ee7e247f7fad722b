// Counters that somebody has spoiled, found and set right from the rows.
#include "adapters/sql/counter_audit.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ports/record_fixture.hpp"

namespace pixelvault::port_suites {

using support::run;

namespace {

std::vector<std::string> counters(const std::vector<ports::CounterDrift>& drift) {
  std::vector<std::string> names;
  for (const auto& one : drift) names.push_back(one.counter);
  return names;
}

}  // namespace

class CounterAudit : public RecordTest<SqlRecords> {
 protected:
  void store(domain::Image image, const std::string& folder) {
    image.folder = folder;
    run(images().insert(make_.upload(image)));
  }
  void spoil(const std::string& sql) {
    run(backend_.stores().database.write([&](soci::session& session) { session << sql; }));
  }
  std::vector<ports::CounterDrift> find() { return run(audit_.find_drift(now_, 100)); }

  const ports::Registration account_ = register_account();
  const base::Timestamp now_ = account_.account.created_at;
  const domain::ProjectId project_ = account_.project.id;
  adapters::sql::SqlCounterAudit audit_{backend_.stores().database};
};

TEST_F(CounterAudit, what_requests_count_agrees_with_the_rows) {
  auto hidden = make_.image(project_);
  hidden.visibility = domain::Visibility::Private;
  store(hidden, "a");
  auto test = make_.image(project_);
  test.environment = domain::Environment::Test;
  store(test, "");
  const auto deleted = make_.image(project_);
  store(deleted, "a");
  run(images().mark_deleted(project_, deleted.environment, deleted.id, now_));
  store(make_.image(make_.id<domain::ProjectId>()), "of nobody");
  EXPECT_EQ(counters(find()), std::vector<std::string>{});
}

TEST_F(CounterAudit, every_counter_is_found_wrong_and_set_right) {
  store(make_.image(project_), "a");
  spoil("UPDATE account_usage SET storage_bytes = 7, private_images = 3");
  spoil("UPDATE monthly_usage SET uploads = 9");
  spoil("UPDATE image_totals SET images = 4 WHERE scope = 'all'");
  spoil("DELETE FROM image_totals WHERE scope = 'folder'");
  const auto wrong = find();
  ASSERT_EQ(wrong.size(), 6U);
  EXPECT_EQ(wrong[0].counter, "storage_bytes of " + account_.account.id.to_string());
  EXPECT_EQ(wrong[0].counted, 7);
  EXPECT_EQ(wrong[0].actual, 1000);

  EXPECT_EQ(counters(run(audit_.repair(now_, 100))), counters(wrong));
  EXPECT_EQ(counters(find()), std::vector<std::string>{});
  EXPECT_EQ(run(images().list({.project = project_})).total, 1U);
}

TEST_F(CounterAudit, a_month_without_a_row_is_made) {
  store(make_.image(project_), "");
  spoil("DELETE FROM monthly_usage");
  run(audit_.repair(now_, 100));
  EXPECT_EQ(run(usage().find(account_.account.id, "2026-11")).uploads, 1U);
}

TEST_F(CounterAudit, a_counter_of_what_is_no_more_goes_to_zero) {
  spoil("INSERT INTO image_totals VALUES ('proj_x', 'live', 'folder', 'old', 2, 200)");
  ASSERT_EQ(find().size(), 2U);
  run(audit_.repair(now_, 100));
  EXPECT_EQ(find().size(), 0U);
}

}  // namespace pixelvault::port_suites
