// What the fake stores keep, in memory. Fakes that are given the same records see each other's
// data, as stores over one database do; a fake alone has records of its own. Whoever holds `mutex`
// may look and change.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "domain/account.hpp"
#include "domain/export.hpp"
#include "domain/link.hpp"
#include "domain/quota.hpp"
#include "ports/blob_store.hpp"
#include "ports/new_image.hpp"

namespace pixelvault::support {

struct FakeRecords {
  struct Project {
    domain::Project project;
    std::optional<base::Timestamp> deleted_at = {};
  };
  /// A blob that must still be removed.
  struct Removal {
    base::Timestamp due_at;
    int attempts = 0;
  };
  /// An idempotency key and the parts of the first answer that can change later.
  struct UploadKey {
    base::Sha256 fingerprint{};
    domain::Image first_answer;
    std::optional<std::int64_t> signed_expires = {};
    base::Timestamp expires_at;
  };
  struct Fingerprint {
    domain::ImageId image;
    std::optional<std::int64_t> signed_expires = {};
  };
  struct Job {
    domain::Export job;
    base::Timestamp leased_until = {};
  };
  /// Of one account and month.
  struct Month {
    std::uint64_t uploads = 0;
    std::uint64_t bandwidth_bytes = 0;
  };
  using Place = std::pair<domain::ProjectId, domain::Environment>;

  std::mutex mutex;  // guards everything below
  std::map<domain::AccountId, domain::Account> accounts = {};
  std::map<domain::ProjectId, Project> projects = {};
  std::map<domain::KeyId, domain::StoredKey> keys = {};
  std::map<base::Sha256, domain::Session> sessions = {};
  std::map<domain::ImageId, domain::Image> images = {};
  std::map<std::pair<Place, std::string>, UploadKey> upload_keys = {};
  std::map<std::pair<Place, base::Sha256>, Fingerprint> fingerprints = {};
  std::map<ports::BlobRef, Removal> removals = {};
  std::map<std::pair<std::string, std::string>, Month> months = {};  // who pays, month
  std::vector<domain::LinkKey> link_keys = {};
  std::map<domain::ExportId, Job> exports = {};

  /// The account that pays for the project; the project itself when nobody has stored it, so that
  /// a fake image store alone counts too.
  std::string payer(const domain::ProjectId& project) const;
  /// Counted from the images that are there, so that nothing can drift.
  domain::AccountUsage usage(const std::string& payer, const std::string& month) const;
  bool is_living(const domain::ProjectId& project) const;
};

using FakeRecordsPtr = std::shared_ptr<FakeRecords>;

}  // namespace pixelvault::support
