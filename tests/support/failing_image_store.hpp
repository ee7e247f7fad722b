// An image store that fails on its Nth call; otherwise it passes everything to another store. The
// upkeep counts with it: one Nth call for both.
#pragma once

#include <string>
#include <vector>

#include "support/fake_image_store.hpp"
#include "support/nth_call.hpp"

namespace pixelvault::support {

class FailingImageStore final : public ports::ImageStore, public ports::ImageUpkeep {
 public:
  /// `inner` outlives this store.
  FailingImageStore(FakeImageStore& inner, Failure failure) : inner_(inner), nth_(failure) {}

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

  std::uint64_t calls() const { return nth_.calls(); }

 private:
  /// Awaits `call` unless this one is to fail.
  template <class T>
  base::task<T> pass(base::task<T> call);

  FakeImageStore& inner_;
  NthCall nth_;
};

}  // namespace pixelvault::support
