// One blob on its way into a segment. It waits in memory for its commit, which it shares with
// others; one that is too large for that, or comes when memory is short, is written out as it
// arrives. Belongs to one coroutine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "adapters/segments/blob_buffer.hpp"
#include "adapters/segments/committer.hpp"
#include "adapters/segments/known_blobs.hpp"
#include "adapters/segments/large_blob.hpp"
#include "adapters/segments/segment_folder.hpp"
#include "base/blocking_pool.hpp"
#include "ports/blob_store.hpp"
#include "ports/clock.hpp"
#include "ports/random_source.hpp"

namespace pixelvault::adapters::segments {

/// What all writers of a store share.
struct WriterParts {
  SegmentFolder& folder;
  Committer& committer;
  KnownBlobs& known;
  BlockPool& memory;
  base::BlockingPool& threads;
  const ports::Clock& clock;
  ports::RandomSource& random;
  std::size_t large_bytes;  ///< no blob takes more memory
};

class SegmentBlobWriter final : public ports::BlobWriter {
 public:
  /// What a writer holds in memory when memory is short.
  static constexpr std::size_t kLeastBuffered = 256UL * 1024;

  /// `parts` outlive the writer. Destroying an unfinished one removes the file of a large blob on
  /// the spot, since a destructor cannot wait.
  explicit SegmentBlobWriter(const WriterParts& parts) : parts_(parts), buffer_(parts.memory) {}

  base::task<void> write(base::ByteView bytes) override;
  base::task<std::optional<domain::BlobPlace>> commit(std::string key) override;

 private:
  bool must_write_out() const;
  void write_out();
  base::task<domain::BlobPlace> commit_with_others(std::string key);
  domain::BlobPlace commit_alone(const std::string& key);

  const WriterParts& parts_;
  BlobBuffer buffer_;
  std::unique_ptr<LargeBlob> large_;
  bool usable_ = true;  // until a call failed, or the commit
};

}  // namespace pixelvault::adapters::segments
