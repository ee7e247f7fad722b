// Images and their outbox in memory. Any thread may call.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "ports/image_store.hpp"

namespace pixelvault::support {

class FakeImageStore final : public ports::ImageStore {
 public:
  base::task<void> insert(domain::Image image) override;
  base::task<std::optional<domain::Image>> find(domain::ProjectId project,
                                                domain::ImageId image) override;
  base::task<ports::ImagePage> list(ports::ImageQuery query) override;
  base::task<std::optional<domain::Image>> mark_deleted(domain::ProjectId project,
                                                        domain::Environment environment,
                                                        domain::ImageId image,
                                                        base::Timestamp now) override;
  base::task<std::vector<std::string>> lease_removals(base::Timestamp now,
                                                      base::Timestamp leased_until,
                                                      std::uint32_t limit) override;
  base::task<void> finish_removal(std::string key) override;

  /// For tests: everything that is stored, tombstones too, oldest first.
  std::vector<domain::Image> images() const;
  /// For tests: the keys of all removals that are not finished, due or not.
  std::vector<std::string> removals() const;

 private:
  std::vector<domain::Image> newest_first(const ports::ImageQuery& query) const;

  mutable std::mutex mutex_;
  std::map<domain::ImageId, domain::Image> images_;
  std::map<std::string, base::Timestamp> removals_;  // key to due time
};

}  // namespace pixelvault::support
