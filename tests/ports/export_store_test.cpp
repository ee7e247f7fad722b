#include "ports/export_store.hpp"

#include <algorithm>

#include "ports/record_fixture.hpp"

namespace pixelvault::port_suites {

using domain::Environment;
using domain::ExportStatus;
using support::run;

template <class Backend>
class ExportStore : public RecordTest<Backend> {
 protected:
  domain::Export add(domain::Export job) {
    EXPECT_TRUE(run(this->exports().add(job)));
    return job;
  }
  domain::Export add() { return add(this->make_.export_job(this->project_)); }
  std::optional<domain::Export> find(const domain::Export& job) {
    return run(this->exports().find(job.project, job.environment, job.id));
  }
  /// The id of what a worker gets; empty when there is no work.
  std::string lease(int seconds, int until) {
    const auto job = run(this->exports().lease(this->at(seconds), this->at(until)));
    return job ? job->id.to_string() : "";
  }
  void finish(domain::Export job, ExportStatus status) {
    job.status = status;
    run(this->exports().update(job, this->at(0)));
  }

  const domain::ProjectId project_ = this->make_.template id<domain::ProjectId>();
  const domain::ProjectId other_project_ = this->make_.template id<domain::ProjectId>();
};
TYPED_TEST_SUITE(ExportStore, RecordBackends);

TYPED_TEST(ExportStore, an_export_is_found_as_it_was_stored) {
  auto job = this->make_.export_job(this->project_);
  job.environment = Environment::Test;
  job.image_count = 7;
  this->add(job);
  this->backend_.reopen();

  const auto found = this->find(job);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, job.id);
  EXPECT_EQ(found->project, job.project);
  EXPECT_EQ(found->environment, Environment::Test);
  EXPECT_EQ(found->status, ExportStatus::Pending);
  EXPECT_EQ(found->image_count, 7U);
  EXPECT_EQ(found->processed_count, 0U);
  EXPECT_EQ(found->bytes, 0U);
  EXPECT_EQ(found->created_at, job.created_at);
  EXPECT_EQ(found->expires_at, job.expires_at);
  EXPECT_EQ(found->error, "");
}

TYPED_TEST(ExportStore, another_projects_or_environments_export_is_nothing) {
  const auto job = this->add();
  auto foreign = job;
  foreign.project = this->other_project_;
  EXPECT_FALSE(this->find(foreign));
  auto other_environment = job;
  other_environment.environment = Environment::Test;
  EXPECT_FALSE(this->find(other_environment));
}

TYPED_TEST(ExportStore, one_export_runs_at_a_time_in_a_project_and_environment) {
  this->add();
  const auto second = this->make_.export_job(this->project_);
  EXPECT_FALSE(run(this->exports().add(second)));
  EXPECT_FALSE(this->find(second));
  this->lease(1, 10);
  EXPECT_FALSE(run(this->exports().add(second)));

  auto test_job = this->make_.export_job(this->project_);
  test_job.environment = Environment::Test;
  this->add(test_job);
  this->add(this->make_.export_job(this->other_project_));
}

TYPED_TEST(ExportStore, an_export_that_has_ended_makes_room_for_another) {
  for (const auto status : {ExportStatus::Complete, ExportStatus::Failed, ExportStatus::Expired}) {
    const auto job = this->add();
    this->finish(job, status);
    EXPECT_EQ(this->find(job)->status, status);
  }
  this->add();
}

TYPED_TEST(ExportStore, one_of_many_that_begin_at_once_is_stored) {
  std::vector<base::task<bool>> tasks;
  for (int i = 0; i < 16; ++i) {
    tasks.push_back(this->exports().add(this->make_.export_job(this->project_)));
  }
  auto results = support::run_all(std::move(tasks));
  EXPECT_EQ(std::ranges::count_if(results, [](auto& result) { return result.get(); }), 1);
}

TYPED_TEST(ExportStore, the_oldest_export_is_leased_and_processing) {
  const auto first = this->add();
  const auto second = this->add(this->make_.export_job(this->other_project_));
  EXPECT_EQ(this->lease(1, 10), first.id.to_string());
  EXPECT_EQ(this->find(first)->status, ExportStatus::Processing);
  EXPECT_EQ(this->find(second)->status, ExportStatus::Pending);
  EXPECT_EQ(this->lease(1, 10), second.id.to_string());
  EXPECT_EQ(this->lease(1, 10), "");
}

TYPED_TEST(ExportStore, a_leased_export_is_nobody_elses_until_the_lease_is_over) {
  const auto job = this->add();
  this->lease(1, 10);
  EXPECT_EQ(this->lease(9, 20), "");
  EXPECT_EQ(this->lease(10, 20), job.id.to_string());
}

TYPED_TEST(ExportStore, an_update_stores_the_progress_and_prolongs_the_lease) {
  auto job = this->add();
  this->lease(1, 10);
  job.status = ExportStatus::Processing;
  job.image_count = 20;
  job.processed_count = 12;
  job.bytes = 5'000'000'000;
  run(this->exports().update(job, this->at(30)));

  const auto found = this->find(job);
  EXPECT_EQ(found->image_count, 20U);
  EXPECT_EQ(found->processed_count, 12U);
  EXPECT_EQ(found->bytes, 5'000'000'000U);
  EXPECT_EQ(this->lease(29, 40), "");
  EXPECT_EQ(this->lease(30, 40), job.id.to_string());
}

TYPED_TEST(ExportStore, a_failed_export_says_why_and_is_not_leased_again) {
  auto job = this->add();
  this->lease(1, 10);
  job.error = "It's \"broken\".";
  this->finish(job, ExportStatus::Failed);
  EXPECT_EQ(this->find(job)->error, job.error);
  EXPECT_EQ(this->lease(99, 199), "");
}

TYPED_TEST(ExportStore, two_workers_never_get_the_same_export) {
  for (int i = 0; i < 4; ++i) {
    this->add(this->make_.export_job(this->make_.template id<domain::ProjectId>()));
  }
  std::vector<base::task<std::optional<domain::Export>>> tasks;
  for (int i = 0; i < 8; ++i) {
    tasks.push_back(this->exports().lease(this->at(1), this->at(60)));
  }
  std::vector<std::string> leased;
  for (auto& result : support::run_all(std::move(tasks))) {
    if (const auto job = result.get()) leased.push_back(job->id.to_string());
  }
  std::ranges::sort(leased);
  EXPECT_EQ(leased.size(), 4U);
  EXPECT_EQ(std::ranges::adjacent_find(leased), leased.end());
}

TYPED_TEST(ExportStore, expired_exports_are_forgotten_some_at_a_time) {
  std::vector<domain::Export> jobs;
  for (int end : {10, 20, 30}) {
    auto job = this->make_.export_job(this->make_.template id<domain::ProjectId>());
    job.expires_at = this->at(end);
    jobs.push_back(this->add(job));
  }
  EXPECT_EQ(run(this->exports().forget_expired(this->at(25), 1)), 1U);
  EXPECT_EQ(run(this->exports().forget_expired(this->at(25), 5)), 1U);
  EXPECT_FALSE(this->find(jobs[0]));
  EXPECT_FALSE(this->find(jobs[1]));
  EXPECT_TRUE(this->find(jobs[2]));
}

TYPED_TEST(ExportStore, an_export_whose_lease_is_ended_is_leased_at_once) {
  const auto job = this->add();
  this->lease(1, 100);
  const auto done = this->add(this->make_.export_job(this->other_project_));
  this->lease(1, 100);
  this->finish(done, ExportStatus::Complete);

  EXPECT_EQ(this->lease(2, 100), "");
  EXPECT_EQ(run(this->exports().end_leases()), 1U);
  EXPECT_EQ(this->lease(2, 100), job.id.to_string());
  EXPECT_EQ(this->lease(2, 100), "") << "what is complete stays so";
}

TYPED_TEST(ExportStore, where_nothing_is_leased_no_lease_is_ended) {
  this->add();
  EXPECT_EQ(run(this->exports().end_leases()), 0U);
}

}  // namespace pixelvault::port_suites
