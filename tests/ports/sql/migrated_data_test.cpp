// A database that an older program has filled: opened by this one it keeps everything, and has the
// counters that the new steps bring.
#include <gtest/gtest.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include "adapters/sql/migrations.hpp"
#include "ports/record_backends.hpp"
#include "support/builders.hpp"
#include "support/run_task.hpp"

namespace pixelvault::port_suites {

using soci::use;
using support::run;

namespace {

/// As the first release stored it.
class FirstRelease {
 public:
  explicit FirstRelease(const std::filesystem::path& file)
      : session_(soci::sqlite3, file.string()) {
    adapters::sql::migrate(session_, adapters::sql::migrations().first(1));
  }

  void add(const ports::Registration& registration) {
    const auto& [account, project, key] = registration;
    const std::string account_id = account.id.to_string();
    const std::string project_id = project.id.to_string();
    const std::string key_id = key.id.to_string();
    const std::string hash = base::to_hex(key.hash);
    session_ << "INSERT INTO accounts VALUES (:id, :email, :key, 'hash', 'free', 1)",
        use(account_id), use(account.email), use(account.email);
    session_ << "INSERT INTO projects VALUES (:id, :account, 'Default', 2)", use(project_id),
        use(account_id);
    session_ << "INSERT INTO api_keys VALUES (:id, :project, 'live', :hash, 'pv_live_abcd', 3)",
        use(key_id), use(project_id), use(hash);
  }

  void add(const domain::Image& image, const std::string& deleted_at) {
    const std::string id = image.id.to_string();
    const std::string project = image.project.to_string();
    const std::string digest = base::to_hex(image.sha256);
    const auto size = static_cast<long long>(image.size);
    session_ << "INSERT INTO images VALUES (:id, :project, 'live', 'jpg', :size, 4, 3, 1, :digest, "
                "'cat.jpg', 'a', '{}', 5, "
             << deleted_at << ")",
        use(id), use(project), use(size), use(digest);
  }

  void add_totals(const domain::ProjectId& project, long long images, long long bytes) {
    const std::string id = project.to_string();
    for (const char* scope : {"'all', ''", "'folder', 'a'"}) {
      session_ << "INSERT INTO image_totals VALUES (:project, 'live', " << scope
               << ", :images, :bytes)",
          use(id), use(images), use(bytes);
    }
  }

 private:
  soci::session session_;
};

}  // namespace

class SqlMigratedData : public testing::Test {
 protected:
  SqlMigratedData() {
    big_.size = 5'000'000'000;
    FirstRelease old(file_);
    old.add(ann_);
    old.add(bob_);
    old.add(small_, "NULL");
    old.add(big_, "NULL");
    old.add(deleted_, "7");
    old.add_totals(ann_.project.id, 2, 5'000'001'000);
  }

  support::Builders make_;
  const ports::Registration ann_ = make_.registration("ann@example.org");
  const ports::Registration bob_ = make_.registration("bob@example.org");
  const domain::Image small_ = make_.image(ann_.project.id);
  domain::Image big_ = make_.image(ann_.project.id);
  const domain::Image deleted_ = make_.image(ann_.project.id);
  support::TemporaryDirectory directory_;
  const std::filesystem::path file_ = directory_.path() / "db";
};

TEST_F(SqlMigratedData, accounts_and_keys_work_as_before) {
  SqlStores stores(file_);
  const auto now = small_.created_at;
  const auto account = run(stores.accounts.find_by_email("ann@example.org"));
  ASSERT_TRUE(account);
  EXPECT_EQ(account->id, ann_.account.id);
  const auto caller = run(stores.keys.find_caller(ann_.key.hash, now));
  ASSERT_TRUE(caller);
  EXPECT_EQ(caller->project, ann_.project.id);
  EXPECT_EQ(caller->scopes, domain::Scopes::all());
  const auto keys = run(stores.keys.list(ann_.project.id, now));
  ASSERT_EQ(keys.size(), 1U);
  EXPECT_EQ(keys.front().origin, domain::KeyOrigin::Registration);
  EXPECT_EQ(keys.front().label, "");
  EXPECT_EQ(run(stores.projects.list(ann_.account.id)).size(), 1U);
}

TEST_F(SqlMigratedData, images_are_public_and_do_not_expire) {
  SqlStores stores(file_);
  const auto image = run(stores.images.find(small_.project, small_.id));
  ASSERT_TRUE(image);
  EXPECT_EQ(image->sha256, small_.sha256);
  EXPECT_EQ(image->visibility, domain::Visibility::Public);
  EXPECT_FALSE(image->expires_at);
  EXPECT_TRUE(run(stores.images.find(deleted_.project, deleted_.id))->deleted_at);
  const auto page = run(stores.images.list({.project = ann_.project.id, .folder = "a"}));
  EXPECT_EQ(page.images.size(), 2U);
  EXPECT_EQ(page.total, 2U);
}

TEST_F(SqlMigratedData, the_usage_of_an_account_is_that_of_its_living_images) {
  SqlStores stores(file_);
  const auto anns = run(stores.usage.find(ann_.account.id, "2026-11"));
  EXPECT_EQ(anns.storage_bytes, 5'000'001'000U);
  EXPECT_EQ(anns.private_images, 0U);
  EXPECT_EQ(run(stores.usage.find(bob_.account.id, "2026-11")).storage_bytes, 0U);
}

TEST_F(SqlMigratedData, old_accounts_upload_and_delete_within_their_quotas) {
  SqlStores stores(file_);
  auto upload = support::Builders::upload(make_.image(ann_.project.id));
  upload.limits.storage_bytes = 5'000'001'999;
  EXPECT_TRUE(std::holds_alternative<ports::OverQuota>(run(stores.images.insert(upload))));
  run(stores.images.mark_deleted(big_.project, big_.environment, big_.id, big_.created_at));
  EXPECT_TRUE(std::holds_alternative<ports::Stored>(run(stores.images.insert(upload))));
  EXPECT_EQ(run(stores.usage.find(ann_.account.id, "2026-11")).storage_bytes, 2000U);

  auto bobs = support::Builders::upload(make_.image(bob_.project.id));
  bobs.limits.storage_bytes = 1000;
  EXPECT_TRUE(std::holds_alternative<ports::Stored>(run(stores.images.insert(bobs))));
}

}  // namespace pixelvault::port_suites
