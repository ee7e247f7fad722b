// Whether blobs can be written, for `GET /readyz`. Any thread may ask.
#pragma once

#include "adapters/segments/blob_store.hpp"
#include "ports/health_probe.hpp"

namespace pixelvault::adapters::segments {

class SegmentsProbe final : public ports::HealthProbe {
 public:
  /// `store` outlives the probe.
  explicit SegmentsProbe(SegmentBlobStore& store) : store_(store) {}

  std::string name() const override { return "blobs"; }
  base::task<void> check() override { return store_.check(); }

 private:
  SegmentBlobStore& store_;
};

}  // namespace pixelvault::adapters::segments
