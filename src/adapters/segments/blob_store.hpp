// Blobs as records in segment files, each durable with the sync of its batch. A blob's place is its
// segment and offset; its key is in the record, so that a wrong place is noticed. Any thread may
// call. Owns the threads on which all system calls are made, and must outlive its writers, sources
// and walks; regions may outlive it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "adapters/segments/blob_buffer.hpp"
#include "adapters/segments/blob_writer.hpp"
#include "adapters/segments/committer.hpp"
#include "adapters/segments/known_blobs.hpp"
#include "adapters/segments/open_segments.hpp"
#include "adapters/segments/reclaimer.hpp"
#include "adapters/segments/segment_folder.hpp"
#include "base/blocking_pool.hpp"
#include "ports/blob_inventory.hpp"
#include "ports/blob_store.hpp"
#include "ports/clock.hpp"
#include "ports/random_source.hpp"

namespace pixelvault::adapters::segments {

class SegmentBlobStore final : public ports::BlobStore, public ports::BlobInventory {
 public:
  struct Options {
    std::filesystem::path root;  ///< made when it is missing, with the folders above it
    std::uint64_t segment_bytes = 256ULL * 1024 * 1024;  ///< reserved at once, where space allows
    std::size_t large_bytes = 4UL * 1024 * 1024;    ///< blobs from there on get their own segment
    std::size_t memory_bytes = 64UL * 1024 * 1024;  ///< of all blobs that wait for their commit
    std::size_t threads = 16;                       ///< that may wait for the disk at once
    std::size_t queue = 1024;                       ///< calls that may wait for a thread
    std::size_t open_segments = 256;                ///< descriptors that are kept
    std::size_t known_blobs = 100'000;              ///< records that are remembered, 100 bytes each
  };

  /// Recovers segments that a crash left unfinished. `clock` and `random` outlive the store. Throws
  /// `Unavailable` when the root cannot be made or read.
  SegmentBlobStore(const Options& options, const ports::Clock& clock, ports::RandomSource& random);
  SegmentBlobStore(const SegmentBlobStore&) = delete;
  SegmentBlobStore& operator=(const SegmentBlobStore&) = delete;
  ~SegmentBlobStore() override;

  base::task<std::unique_ptr<ports::BlobWriter>> create() override;
  /// Makes no system call when the segment is open and the blob was asked for before. Space of a
  /// removed blob is given back when the last body of its segment that was open then is closed.
  base::task<std::optional<ports::BlobBody>> open(ports::BlobRef blob, std::uint64_t offset,
                                                  std::uint64_t length) override;
  base::task<std::unique_ptr<base::ByteSource>> read(ports::BlobRef blob,
                                                     std::uint64_t length) override;
  base::task<void> remove(ports::BlobRef blob) override;

  base::task<std::unique_ptr<ports::BlobWalk>> walk() override;

  /// Gives back what removed blobs still hold after a crash; reads the head of every record.
  base::task<void> sweep() { return reclaimer_.sweep(); }
  /// The same for one finished segment, the next one at every call. Only the process that serves
  /// may sweep: no other knows which bodies are still read.
  base::task<void> sweep_next() { return reclaimer_.sweep_next(); }
  /// Writes and syncs a small file. Throws `Unavailable` when that fails or no space is left.
  base::task<void> check();

 private:
  struct Found {
    OpenSegments::File file;
    KnownBlob blob;
  };

  base::task<std::optional<Found>> find(const ports::BlobRef& blob);
  std::optional<Found> find_known(const std::string& key, const domain::BlobPlace& place);
  std::optional<Found> look_up(const std::string& key, const domain::BlobPlace& place);
  void remove_record(const std::string& key, const domain::BlobPlace& place);

  // In this order: what stands below uses what stands above, to its end.
  SegmentFolder folder_;
  KnownBlobs known_;
  OpenSegments open_;
  Reclaimer reclaimer_;
  BlockPool memory_;
  Committer committer_;
  base::BlockingPool writes_;
  base::BlockingPool reads_;  // apart, so that no reader waits behind syncs
  const WriterParts writer_parts_;
};

}  // namespace pixelvault::adapters::segments
