// All services of images over fakes that share their records, with one registered account and its
// keys. A test may make further services over the same fakes.
#pragma once

#include <chrono>
#include <string>

#include "services/bandwidth.hpp"
#include "services/delivery.hpp"
#include "services/janitor.hpp"
#include "services/library.hpp"
#include "services/links.hpp"
#include "services/record_cache.hpp"
#include "services/staging.hpp"
#include "services/upload.hpp"
#include "services/usage.hpp"
#include "support/builders.hpp"
#include "support/fake_account_store.hpp"
#include "support/fake_blob_store.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_export_store.hpp"
#include "support/fake_image_store.hpp"
#include "support/fake_link_key_store.hpp"
#include "support/fake_project_store.hpp"
#include "support/fake_random_source.hpp"
#include "support/fake_usage_store.hpp"
#include "support/run_task.hpp"
#include "support/samples.hpp"
#include "unit/services/scripted_form.hpp"

namespace pixelvault::support {

struct World {
  World() { run(accounts.create(registration)); }

  domain::Caller test_caller() const {
    auto other = caller;
    other.environment = domain::Environment::Test;
    return other;
  }
  domain::Caller stranger() {
    auto other = caller;
    other.account = build.id<domain::AccountId>();
    other.project = build.id<domain::ProjectId>();
    return other;
  }

  /// An upload of `bytes` by the caller, as a.jpg.
  domain::Result<services::Uploaded> upload(std::string bytes,
                                            std::vector<services::UploadForm::Field> fields = {},
                                            std::optional<std::string> key = {}) {
    return upload_as(caller, std::move(bytes), std::move(fields), std::move(key));
  }
  domain::Result<services::Uploaded> upload_as(const domain::Caller& who, std::string bytes,
                                               std::vector<services::UploadForm::Field> fields = {},
                                               std::optional<std::string> key = {}) {
    std::vector<ScriptedForm::Scripted> parts{ScriptedForm::FilePart{"a.jpg", std::move(bytes)}};
    for (auto& field : fields) parts.emplace_back(std::move(field));
    ScriptedForm form(std::move(parts));
    return run(uploads.accept(who, form, std::move(key)));
  }

  /// Pictures that differ: bytes behind a picture's end belong to its file.
  std::string photo(int number) const { return photo_bytes + std::to_string(number); }

  FakeRecordsPtr records = std::make_shared<FakeRecords>();
  FakeBlobStore blobs;
  FakeImageStore images{records};
  FakeUsageStore usage{records};
  FakeLinkKeyStore link_keys{records};
  FakeProjectStore projects{records};
  FakeAccountStore accounts{records};
  FakeExportStore exports{records};
  FakeClock clock;
  FakeRandomSource random;
  Builders build;
  domain::Plans plans = domain::Plans::shipped();
  ports::Registration registration = build.registration("somebody@example.com");
  domain::Caller caller{.account = registration.account.id,
                        .project = registration.project.id,
                        .key = registration.key.id,
                        .plan = "free"};
  const std::string photo_bytes = read_sample("photo-orientation-5.jpg");

  static constexpr services::KeyClaims::Patience kImpatient{.step = std::chrono::milliseconds(1),
                                                            .limit = std::chrono::milliseconds(20)};
  services::Staging staging{blobs, domain::ProbeLimits{}};
  services::Links links{link_keys, clock, random};
  services::RecordCache record_cache{images, clock};
  services::Bandwidth bandwidth{usage, clock, plans};
  services::UploadService uploads{{blobs, images, clock, random, staging, plans}, kImpatient};
  services::LibraryService library{{images, images, blobs, clock, links, record_cache}};
  services::DeliveryService delivery{{record_cache, blobs, clock, links, bandwidth}};
  services::UsageService usage_service{usage, clock, plans};
  services::Janitor janitor{{images, blobs, clock, projects, accounts, link_keys, exports}};
};

}  // namespace pixelvault::support
