// A blob store that fails on its Nth call, writers' calls counted with its own; otherwise it passes
// everything to another store.
#pragma once

#include <memory>
#include <string>

#include "ports/blob_store.hpp"
#include "support/nth_call.hpp"

namespace pixelvault::support {

class FailingBlobStore final : public ports::BlobStore {
 public:
  /// `inner` outlives this store, and this store its writers.
  FailingBlobStore(ports::BlobStore& inner, Failure failure) : inner_(inner), nth_(failure) {}

  base::task<std::unique_ptr<ports::BlobWriter>> create() override;
  base::task<std::optional<ports::BlobBody>> open(ports::BlobRef blob, std::uint64_t offset,
                                                  std::uint64_t length) override;
  base::task<std::unique_ptr<base::ByteSource>> read(ports::BlobRef blob,
                                                     std::uint64_t length) override;
  base::task<void> remove(ports::BlobRef blob) override;

  std::uint64_t calls() const { return nth_.calls(); }

 private:
  class Writer;

  ports::BlobStore& inner_;
  NthCall nth_;
};

}  // namespace pixelvault::support
