// Taking up to 50 images in with one request (contract §4): all files are staged first and stored
// after the form's end, each in a transaction of its own, so that a broken form stores nothing and
// a bad file does not lose the others. Used by the api. Any thread may call.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/task.hpp"
#include "domain/account.hpp"
#include "domain/error.hpp"
#include "domain/plan.hpp"
#include "services/batch_draft.hpp"
#include "services/batch_form.hpp"
#include "services/staging.hpp"
#include "services/upload.hpp"

namespace pixelvault::services {

/// What became of one image.
struct BatchItem {
  std::string filename;
  domain::Result<Uploaded> outcome;
};

struct Batch {
  std::optional<std::string> name = {};  ///< of the collection
  std::string folder = {};               ///< of the images that have none of their own
  std::vector<BatchItem> items = {};     ///< in the order of the request
};

class BatchService {
 public:
  struct Dependencies {
    UploadService& uploads;
    Staging& staging;
    const domain::Plans& plans;
  };

  explicit BatchService(Dependencies dependencies) : use_(dependencies) {}

  /// The most that a batch's body may have, in bytes: 50 of the largest files in base64, and 1 MB
  /// for what stands around them.
  std::uint64_t max_body_bytes(const domain::Caller& caller) const;

  /// All images, or an error and then none of them: what the form itself finds wrong,
  /// InvalidRequest and NoFile as `BatchDraft` says, IdempotencyInProgress, and `Unavailable` while
  /// nothing is stored yet. With an idempotency key each image has a key of its own, made of it and
  /// its place.
  base::task<domain::Result<Batch>> accept(domain::Caller caller, BatchForm& form,
                                           std::optional<std::string> idempotency_key);

 private:
  class Reader;

  base::task<Batch> store(const domain::Caller& caller, BatchDraft draft,
                          std::optional<std::string> idempotency_key);
  base::task<domain::Result<Uploaded>> store_one(const domain::Caller& caller,
                                                 const BatchDraft& draft, ImageDraft& image,
                                                 std::optional<std::string> key);

  Dependencies use_;
};

}  // namespace pixelvault::services
