// Where the bytes of pictures live. A blob is written once, under its final key, and never changed;
// keys are image paths (`{project}/{image}.{ext}`). A store may also give a blob a place, which is
// kept in the image's row and comes back with every call. Any thread may call; a writer belongs to
// one coroutine. Every call may throw `base::Unavailable`.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "base/byte_source.hpp"
#include "base/task.hpp"
#include "base/unique_fd.hpp"
#include "domain/blob_place.hpp"
#include "domain/image.hpp"

namespace pixelvault::ports {

/// Which blob: its key, and its place in stores that give places.
struct BlobRef {
  std::string key;
  std::optional<domain::BlobPlace> place = {};

  friend auto operator<=>(const BlobRef&, const BlobRef&) = default;
};

/// The blob with an image's bytes.
inline BlobRef blob_of(const domain::Image& image) {
  return {.key = domain::image_path(image), .place = image.place};
}

/// A blob that is being written. Destroying it before `commit` leaves no trace.
class BlobWriter {
 public:
  virtual ~BlobWriter() = default;
  /// Appends; the bytes are taken or copied before it returns.
  virtual base::task<void> write(base::ByteView bytes) = 0;
  /// Returns when bytes and name are on stable storage, with the blob's place in a store that gives
  /// places. The key must not be in use, which stores that find blobs
  /// by their keys alone notice (`std::logic_error`). After an exception nothing is visible under
  /// the key.
  virtual base::task<std::optional<domain::BlobPlace>> commit(std::string key) = 0;
};

/// Part of a blob: a region of an open file that the kernel can send by itself, or a pulled source.
using BlobBody = std::variant<base::FileRegion, std::unique_ptr<base::ByteSource>>;

class BlobStore {
 public:
  virtual ~BlobStore() = default;
  virtual base::task<std::unique_ptr<BlobWriter>> create() = 0;
  /// Bytes `offset .. offset + length` of the blob; nothing when there is no such blob. The region
  /// must lie within the blob, whose size the caller has from its record. An open body outlives
  /// `remove`.
  virtual base::task<std::optional<BlobBody>> open(BlobRef blob, std::uint64_t offset,
                                                   std::uint64_t length) = 0;
  /// The first `length` bytes of the blob, for who must have them inside the program; null when
  /// there is no such blob. As for `open` otherwise. A source that cannot go on reading throws
  /// `base::Unavailable`. The store outlives it.
  virtual base::task<std::unique_ptr<base::ByteSource>> read(BlobRef blob,
                                                             std::uint64_t length) = 0;
  /// Durable when it returns; removing what is not there is no error.
  virtual base::task<void> remove(BlobRef blob) = 0;
};

}  // namespace pixelvault::ports
