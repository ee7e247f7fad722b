// An image store that fails on its Nth call; otherwise it passes everything to another store.
#pragma once

#include <string>
#include <vector>

#include "ports/image_store.hpp"
#include "support/nth_call.hpp"

namespace pixelvault::support {

class FailingImageStore final : public ports::ImageStore {
 public:
  /// `inner` outlives this store.
  FailingImageStore(ports::ImageStore& inner, Failure failure) : inner_(inner), nth_(failure) {}

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

  std::uint64_t calls() const { return nth_.calls(); }

 private:
  /// Awaits `call` unless this one is to fail.
  template <class T>
  base::task<T> pass(base::task<T> call);

  ports::ImageStore& inner_;
  NthCall nth_;
};

}  // namespace pixelvault::support
