// Taking an image in: from the parts of a request to bytes and a row on stable storage. Used by the
// api, and by batches for what they have staged. Any thread may call.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "base/task.hpp"
#include "domain/account.hpp"
#include "domain/error.hpp"
#include "domain/image.hpp"
#include "domain/plan.hpp"
#include "ports/blob_store.hpp"
#include "ports/clock.hpp"
#include "ports/image_store.hpp"
#include "ports/random_source.hpp"
#include "services/idempotency.hpp"
#include "services/staging.hpp"
#include "services/upload_options.hpp"

namespace pixelvault::services {

/// What a client sends in one upload, pulled part by part, in whatever order it comes: implemented
/// by the api for each encoding. Nothing is read before it is asked for. After an error it is
/// spent.
class UploadForm : public FileSource {
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

  /// What was declared of the file's size, before anything is read.
  virtual DeclaredSize declared_size() const = 0;
  /// The next part. The bytes of a file must have been read (`FileSource::read`) to their end
  /// before.
  virtual base::task<domain::Result<Part>> next() = 0;
};

struct Uploaded {
  domain::Image image;
  std::optional<std::int64_t> signed_expires = {};  ///< Unix seconds; of a private image's link
  bool replayed = false;                            ///< it was stored before, by the same upload
};

class UploadService {
 public:
  struct Dependencies {
    ports::BlobStore& blobs;
    ports::ImageStore& images;
    ports::Clock& clock;
    ports::RandomSource& random;
    Staging& staging;
    const domain::Plans& plans;
  };

  explicit UploadService(Dependencies dependencies, KeyClaims::Patience patience = {})
      : use_(dependencies), claims_(dependencies.images, dependencies.clock, patience) {}

  /// One image, durable when it returns: bytes first, then the row. Memory is bounded whatever the
  /// file's size. On any error nothing is visible and nothing is left behind; only when it is not
  /// known whether the row was stored (Unavailable, kind Fail) the bytes stay, since the row may be
  /// there. Errors: FileTooLarge (before a byte is read where the length was declared), those of
  /// `Staging::receive`, `set_option`, `check`, `KeyClaims::claim` (before a byte is read) and
  /// `store`, NoFile, and what the form itself finds wrong.
  base::task<domain::Result<Uploaded>> accept(domain::Caller caller, UploadForm& form,
                                              std::optional<std::string> idempotency_key);

  /// Stores a file that was staged, or says what the same upload was answered before; the file is
  /// then dropped. The options have passed `check`. Whether two uploads are the same, and whether
  /// the plan has room, is decided in the store's transaction. IdempotencyKeyReused,
  /// StorageQuotaExceeded, UploadQuotaExceeded, PrivateQuotaExceeded.
  base::task<domain::Result<Uploaded>> store(const domain::Caller& caller, StagedFile file,
                                             UploadOptions options,
                                             std::optional<std::string> idempotency_key);

  /// For a batch: as `accept` does before it reads.
  base::task<domain::Result<KeyClaims::Claim>> claim(const domain::Caller& caller,
                                                     std::optional<std::string> idempotency_key) {
    return claims_.claim(caller, std::move(idempotency_key));
  }

 private:
  struct Draft;

  base::task<domain::Result<void>> read(UploadForm& form, std::uint64_t max_bytes, Draft& draft);
  base::task<domain::Result<void>> receive(UploadForm& form, std::string filename,
                                           std::uint64_t max_bytes, Draft& draft);
  ports::NewImage make_image(const domain::Caller& caller, const StagedFile& file,
                             const UploadOptions& options, domain::UploadIdentity identity,
                             base::Timestamp now);
  /// Gives the file its name and the image its row, unless the same upload was stored before.
  base::task<ports::InsertOutcome> settle(StagedFile file, ports::NewImage image);
  base::task<ports::InsertOutcome> insert_or_remove(ports::NewImage image);

  Dependencies use_;
  KeyClaims claims_;
};

}  // namespace pixelvault::services
