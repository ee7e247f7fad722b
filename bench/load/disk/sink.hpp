// The disk without a server: three ways to make blobs durable, each as a shipped store might do it
// and as simply as it can be done. Their rates are the limits that an upload over HTTP is held
// against.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

namespace pixelvault::bench {

class Sink {
 public:
  Sink() = default;
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;
  virtual ~Sink() = default;

  /// Returns when the blob is on stable storage; throws std::system_error. Any number of threads.
  virtual void store(std::uint64_t number, std::string_view blob) = 0;
};

/// A file a blob: nameless file, `fdatasync`, `linkat`, `fsync` of the directory.
std::unique_ptr<Sink> make_file_sink(const std::filesystem::path& folder);

/// Blobs that wait at the same time are appended to a preallocated segment with one `fdatasync`;
/// with `rows`, and then stored as SQLite rows in one transaction (WAL, synchronous=FULL).
std::unique_ptr<Sink> make_segment_sink(const std::filesystem::path& folder, bool rows);

}  // namespace pixelvault::bench
