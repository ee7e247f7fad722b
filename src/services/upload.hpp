// Taking an image in: from the parts of a request to bytes and a row on stable storage.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "base/byte_source.hpp"
#include "base/task.hpp"
#include "domain/account.hpp"
#include "domain/error.hpp"
#include "domain/image.hpp"
#include "domain/probe/probe.hpp"
#include "ports/blob_store.hpp"
#include "ports/clock.hpp"
#include "ports/image_store.hpp"
#include "ports/random_source.hpp"
#include "services/intake.hpp"

namespace pixelvault::services {

/// What a client sends in one upload, pulled part by part, in whatever order it comes: implemented
/// by the api for each encoding. Nothing is read before it is asked for. After an error it is
/// spent.
class UploadForm {
 public:
  struct File {
    std::string filename;  ///< as it was sent; may be empty
  };
  struct Field {
    std::string name;
    std::string value;
  };
  struct End {};
  struct DeclaredSize {
    std::uint64_t at_least = 0;  ///< bytes; 0 when nothing is known
    bool exact = false;          ///< whether it is that size, unless the body ends early
  };
  using Part = std::variant<File, Field, End>;

  virtual ~UploadForm() = default;

  /// What was declared of the file's size, before anything is read.
  virtual DeclaredSize declared_size() const = 0;
  /// The next part. The bytes of a file must have been read to their end before.
  virtual base::task<domain::Result<Part>> next() = 0;
  /// The next bytes of the file part that `next` gave; empty at its end. Valid until the next call.
  virtual base::task<domain::Result<base::ByteView>> read() = 0;
};

class UploadService {
 public:
  struct Dependencies {
    ports::BlobStore& blobs;
    ports::ImageStore& images;
    ports::Clock& clock;
    ports::RandomSource& random;
  };

  UploadService(Dependencies dependencies, domain::ProbeLimits limits)
      : use_(dependencies), limits_(limits) {}

  /// One image, durable when it returns: bytes first, then the row. Memory is bounded whatever the
  /// file's size. On any error nothing is visible and nothing is left behind; only when it is not
  /// known whether the row was stored (Unavailable, kind Fail) the bytes stay, since the row may be
  /// there. Errors: FileTooLarge (before a byte is read where the length was declared),
  /// UnsupportedMediaType (from the first 4 KB), InvalidImage, ImageTooComplex, NoFile, EmptyFile,
  /// InvalidRequest, and what the form itself finds wrong.
  base::task<domain::Result<domain::Image>> accept(domain::Caller caller, UploadForm& form);

 private:
  struct Draft;

  base::task<domain::Result<void>> receive(UploadForm& form, std::uint64_t limit, Draft& draft);
  base::task<domain::Result<domain::Image>> store(const domain::Caller& caller,
                                                  Intake::Summary file, Draft draft);
  base::task<void> insert_or_remove(domain::Image image);

  Dependencies use_;
  domain::ProbeLimits limits_;
};

}  // namespace pixelvault::services
