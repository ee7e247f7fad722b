// Whether blobs can be written, for `GET /readyz`. Any thread may ask.
#pragma once

#include "adapters/filesystem/blob_store.hpp"
#include "ports/health_probe.hpp"

namespace pixelvault::adapters::filesystem {

class FilesystemProbe final : public ports::HealthProbe {
 public:
  /// `store` outlives the probe.
  explicit FilesystemProbe(FilesystemBlobStore& store) : store_(store) {}

  std::string name() const override { return "blobs"; }
  base::task<void> check() override { return store_.check(); }

 private:
  FilesystemBlobStore& store_;
};

}  // namespace pixelvault::adapters::filesystem
