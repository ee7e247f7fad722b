#include "services/export_worker.hpp"

#include <stdexcept>

#include "base/unavailable.hpp"
#include "support/failing_image_store.hpp"
#include "unit/services/export_fixture.hpp"

namespace pixelvault::services {
namespace {

using domain::ExportStatus;
using std::chrono::milliseconds;

class Exporting : public ExportFixture {
 protected:
  static bool step(ExportWorker& worker) { return support::run(worker.run_once()); }
};

TEST_F(Exporting, without_an_export_there_is_nothing_to_do) {
  auto exporter = worker();
  EXPECT_FALSE(step(exporter));
}

TEST_F(Exporting, images_and_bytes_are_counted) {
  add_image("12345");
  add_image("123");
  const auto job = complete();
  EXPECT_EQ(job.status, ExportStatus::Complete);
  EXPECT_EQ(job.image_count, 2U);
  EXPECT_EQ(job.processed_count, 2U);
  EXPECT_EQ(job.bytes, 8U);
}

TEST_F(Exporting, an_empty_project_is_complete_at_once) {
  const auto job = complete();
  EXPECT_EQ(job.status, ExportStatus::Complete);
  EXPECT_EQ(job.image_count, 0U);
}

TEST_F(Exporting, images_that_come_later_do_not_belong_to_it) {
  add_image("old");
  const auto job = start();
  add_image("new");
  auto exporter = worker();
  while (step(exporter)) continue;
  EXPECT_EQ(status(job->id)->processed_count, 1U);
}

TEST_F(Exporting, an_image_of_the_same_millisecond_belongs_to_it) {
  add_image("now");  // the clock stands still until the export is asked for
  EXPECT_EQ(complete().processed_count, 1U);
}

TEST_F(Exporting, what_went_meanwhile_is_not_promised_any_more) {
  const auto image = add_image("gone");
  add_image("here");
  const auto job = start();
  EXPECT_EQ(job->image_count, 2U);
  remove(image);
  auto exporter = worker();
  while (step(exporter)) continue;
  EXPECT_EQ(status(job->id)->image_count, 1U);
}

TEST_F(Exporting, a_step_is_one_page_and_shows_its_progress) {
  for (std::uint32_t i = 0; i < ExportWorker::kPage + 1; ++i) add_image("x");
  const auto job = start();
  auto exporter = worker();
  EXPECT_TRUE(step(exporter));
  EXPECT_EQ(status(job->id)->status, ExportStatus::Processing);
  EXPECT_EQ(status(job->id)->processed_count, ExportWorker::kPage);
  EXPECT_TRUE(step(exporter));
  EXPECT_EQ(status(job->id)->status, ExportStatus::Complete);
  EXPECT_EQ(status(job->id)->processed_count, ExportWorker::kPage + 1);
  EXPECT_FALSE(step(exporter));
}

TEST_F(Exporting, what_a_worker_left_is_begun_again_when_its_lease_has_ended) {
  for (std::uint32_t i = 0; i < ExportWorker::kPage + 1; ++i) add_image("x");
  const auto job = start();
  auto vanished = worker();
  EXPECT_TRUE(step(vanished));
  auto other = worker();
  clock_.advance(ExportWorker::kLease - milliseconds(1));
  EXPECT_FALSE(step(other));
  clock_.advance(milliseconds(1));
  while (step(other)) continue;
  EXPECT_EQ(status(job->id)->status, ExportStatus::Complete);
  EXPECT_EQ(status(job->id)->processed_count, ExportWorker::kPage + 1);
}

TEST_F(Exporting, a_store_that_is_away_is_tried_again_after_the_lease) {
  add_image("x");
  const auto job = start();
  support::FailingImageStore failing(images_, {.on_call = 1});
  ExportWorker exporter({exports_, failing, clock_});
  EXPECT_THROW(step(exporter), base::Unavailable);
  EXPECT_EQ(status(job->id)->status, ExportStatus::Processing);
  EXPECT_FALSE(step(exporter));
  clock_.advance(ExportWorker::kLease);
  EXPECT_TRUE(step(exporter));
  EXPECT_EQ(status(job->id)->status, ExportStatus::Complete);
}

TEST_F(Exporting, one_export_follows_the_other) {
  const auto first = start();
  caller_.environment = domain::Environment::Test;
  const auto second = start();
  auto exporter = worker();
  while (step(exporter)) continue;
  EXPECT_EQ(status(second->id)->status, ExportStatus::Complete);
  caller_.environment = domain::Environment::Live;
  EXPECT_EQ(status(first->id)->status, ExportStatus::Complete);
}

}  // namespace
}  // namespace pixelvault::services
