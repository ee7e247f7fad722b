// Bringing the bytes of one file as far as they can go before anybody decides about them: checked,
// hashed and written to the blob store, but under no name. Used by single and batch uploads. Any
// thread may call; it keeps nothing between calls.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/bytes.hpp"
#include "base/task.hpp"
#include "domain/error.hpp"
#include "domain/probe/probe.hpp"
#include "ports/blob_store.hpp"
#include "services/intake.hpp"

namespace pixelvault::services {

/// The bytes of one file, pulled.
class FileSource {
 public:
  virtual ~FileSource() = default;
  /// The next bytes; empty at the end. Valid until the next call. After an error it is spent.
  virtual base::task<domain::Result<base::ByteView>> read() = 0;
};

/// A good file that waits for its name. Destroying it leaves no trace, because the writer removes
/// what it wrote.
struct StagedFile {
  std::unique_ptr<ports::BlobWriter> blob;
  Intake::Summary summary;
  std::string filename;  ///< as it was sent, cleaned; may be empty
};

class Staging {
 public:
  Staging(ports::BlobStore& blobs, domain::ProbeLimits limits) : blobs_(blobs), limits_(limits) {}

  /// Reads `source` to its end. Memory is bounded whatever the file's size, and nothing of a file
  /// whose type is refused reaches the store. Errors: FileTooLarge above `max_bytes`, EmptyFile,
  /// UnsupportedMediaType, InvalidImage, ImageTooComplex, and what the source itself fails with;
  /// the source is then read no further.
  base::task<domain::Result<StagedFile>> receive(FileSource& source, std::string sent_filename,
                                                 std::uint64_t max_bytes);

 private:
  ports::BlobStore& blobs_;
  domain::ProbeLimits limits_;
};

}  // namespace pixelvault::services
