#include "services/exports.hpp"

#include "unit/services/export_fixture.hpp"

namespace pixelvault::services {
namespace {

using domain::ErrorCode;
using domain::ExportStatus;
using std::chrono::milliseconds;

class Exports : public ExportFixture {};

TEST_F(Exports, a_new_export_is_pending_and_knows_how_many_images_there_are) {
  for (int i = 0; i < 3; ++i) add_image("x");
  const auto job = start();
  ASSERT_TRUE(job.has_value());
  EXPECT_EQ(job->status, ExportStatus::Pending);
  EXPECT_EQ(job->image_count, 3U);
  EXPECT_EQ(job->created_at, clock_.now());
  EXPECT_EQ(job->expires_at, clock_.now() + std::chrono::hours(24));
  EXPECT_EQ(status(job->id)->status, ExportStatus::Pending);
}

TEST_F(Exports, a_second_one_is_refused_until_the_first_is_complete) {
  const auto first = start();
  ASSERT_TRUE(first.has_value());
  const auto second = start();
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, ErrorCode::ExportInProgress);
  EXPECT_TRUE(second.error().message.contains("in progress"));
  auto exporter = worker();
  while (support::run(exporter.run_once())) continue;
  EXPECT_TRUE(start().has_value());
}

TEST_F(Exports, the_other_environment_has_exports_of_its_own) {
  ASSERT_TRUE(start().has_value());
  caller_.environment = domain::Environment::Test;
  EXPECT_TRUE(start().has_value());
}

TEST_F(Exports, what_is_not_this_projects_is_not_found) {
  const auto job = complete();
  const auto own = caller_;
  for (const auto id : {"exp_nonsense", "", "img_01h455vb4pex5vsknk084sn02q"}) {
    EXPECT_EQ(download(id).error().code, ErrorCode::ExportNotFound) << id;
  }
  caller_.project = build_.id<domain::ProjectId>();
  EXPECT_EQ(status(job.id).error().code, ErrorCode::ExportNotFound);
  EXPECT_EQ(download(job.id.to_string()).error().code, ErrorCode::ExportNotFound);
  caller_ = own;
  caller_.environment = domain::Environment::Test;
  EXPECT_EQ(status(job.id).error().code, ErrorCode::ExportNotFound);
}

TEST_F(Exports, nothing_can_be_downloaded_before_it_is_complete) {
  const auto job = start();
  const auto early = download(job->id.to_string());
  EXPECT_EQ(early.error().code, ErrorCode::ExportNotReady);
  EXPECT_EQ(early.error().retry_after, 1U);
}

TEST_F(Exports, a_failed_one_says_to_start_anew_instead_of_waiting) {
  auto job = *start();
  job.status = ExportStatus::Failed;
  support::run(exports_.update(job, clock_.now()));
  const auto refused = download(job.id.to_string());
  EXPECT_EQ(refused.error().code, ErrorCode::ExportNotReady);
  EXPECT_FALSE(refused.error().retry_after.has_value());
}

TEST_F(Exports, from_its_last_moment_on_it_is_expired) {
  const auto job = complete();
  clock_.set(job.expires_at - milliseconds(1));
  EXPECT_TRUE(download(job.id.to_string()).has_value());
  clock_.set(job.expires_at);
  EXPECT_EQ(status(job.id)->status, ExportStatus::Expired);
  EXPECT_EQ(download(job.id.to_string()).error().code, ErrorCode::ExportExpired);
}

}  // namespace
}  // namespace pixelvault::services
