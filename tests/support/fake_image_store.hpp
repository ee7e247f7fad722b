// Images, the identities of uploads and the outbox in memory. What an account uses is counted from
// the images; a project that nobody has stored pays for itself. Any thread may call.
#pragma once

#include <string>
#include <vector>

#include "ports/image_store.hpp"
#include "ports/image_upkeep.hpp"
#include "support/fake_records.hpp"

namespace pixelvault::support {

class FakeImageStore : public ports::ImageStore, public ports::ImageUpkeep {
 public:
  explicit FakeImageStore(FakeRecordsPtr records = std::make_shared<FakeRecords>())
      : records_(std::move(records)) {}

  base::task<ports::InsertOutcome> insert(ports::NewImage image) override;
  base::task<std::optional<ports::Replay>> find_replay(domain::ProjectId project,
                                                       domain::Environment environment,
                                                       domain::UploadIdentity identity,
                                                       base::Timestamp now) override;
  base::task<bool> has_key(domain::ProjectId project, domain::Environment environment,
                           std::string key, base::Timestamp now) override;
  base::task<std::optional<domain::Image>> find(domain::ProjectId project,
                                                domain::ImageId image) override;
  base::task<ports::ImagePage> list(ports::ImageQuery query) override;
  base::task<std::optional<domain::Image>> update(domain::ProjectId project,
                                                  domain::Environment environment,
                                                  domain::ImageId image,
                                                  ports::ImageChanges changes,
                                                  base::Timestamp now) override;
  base::task<std::optional<domain::Image>> mark_deleted(domain::ProjectId project,
                                                        domain::Environment environment,
                                                        domain::ImageId image,
                                                        base::Timestamp now) override;

  base::task<std::uint32_t> expire(base::Timestamp now, std::uint32_t limit) override;
  base::task<std::uint32_t> empty_project(domain::ProjectId project, base::Timestamp now,
                                          std::uint32_t limit) override;
  base::task<std::uint32_t> forget_keys(base::Timestamp now, std::uint32_t limit) override;
  base::task<std::vector<ports::BlobRef>> lease_removals(base::Timestamp now,
                                                         base::Timestamp leased_until,
                                                         std::uint32_t limit) override;
  base::task<std::uint32_t> end_leases(base::Timestamp now) override;
  base::task<void> finish_removal(ports::BlobRef blob) override;

  /// For tests: everything that is stored, tombstones too, oldest first.
  std::vector<domain::Image> images() const;
  /// For tests: the keys of all removals that are not finished, due or not.
  std::vector<std::string> removals() const;

 private:
  std::vector<domain::Image> newest_first(const ports::ImageQuery& query) const;
  domain::Image* own(const domain::ProjectId& project, domain::Environment environment,
                     const domain::ImageId& image);
  std::optional<ports::Replay> replay(const FakeRecords::Place& place,
                                      const domain::UploadIdentity& identity,
                                      base::Timestamp now) const;
  std::optional<ports::Replay> replay_of_key(const FakeRecords::UploadKey& kept,
                                             const base::Sha256& fingerprint) const;
  std::optional<ports::OverQuota> over_quota(const ports::NewImage& upload) const;
  void keep_identity(const ports::NewImage& upload);
  void bury(domain::Image& image, base::Timestamp now);
  template <class Predicate>
  std::uint32_t bury_where(Predicate chosen, base::Timestamp now, std::uint32_t limit);

  FakeRecordsPtr records_;
};

}  // namespace pixelvault::support
