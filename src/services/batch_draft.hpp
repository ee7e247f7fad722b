// What is known of a batch while its parts arrive. Used by the batch service, one for a request.
// Owns the staged files: destroying it leaves no trace of them.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/error.hpp"
#include "services/batch_form.hpp"
#include "services/staging.hpp"
#include "services/upload_options.hpp"

namespace pixelvault::services {

inline constexpr std::size_t kMaxBatchImages = 50;

/// One image of the batch.
struct ImageDraft {
  std::string sent_filename;
  std::map<std::string, std::string> fields = {};  ///< its own, by name; the last of a name counts
  bool has_data = false;
  std::optional<StagedFile> file = {};
  std::optional<domain::Error> error = {};  ///< what is wrong with it
};

/// What holds for all images.
struct CollectionDraft {
  std::optional<std::string> name = {};
  std::optional<std::string> folder = {};  ///< the one that was given, else the name
  UploadOptions options = {};
};

class BatchDraft {
 public:
  /// InvalidRequest with the field as param, NotSupported; fields that nobody knows are ignored.
  domain::Result<void> set_shared(BatchForm::Shared field);
  /// InvalidRequest (param `images`) for more than kMaxBatchImages.
  domain::Result<void> begin(std::string sent_filename);
  void set_own(BatchForm::Own field);
  void add_flaw(domain::Error error);
  /// The image that began last.
  ImageDraft& current() { return images_.back(); }

  /// After the last part: whether there is something to store. NoFile without images,
  /// InvalidRequest (param `collection`) for a name that must be a folder and cannot.
  domain::Result<void> finish();

  const CollectionDraft& collection() const { return collection_; }
  std::vector<ImageDraft>& images() { return images_; }
  /// The shared options with the image's own over them. Only after `finish`.
  domain::Result<UploadOptions> options_of(const ImageDraft& image) const;

 private:
  CollectionDraft collection_;
  std::vector<ImageDraft> images_;
};

/// The name under which an image is told of in the answer; may be empty.
std::string shown_filename(const ImageDraft& image);

}  // namespace pixelvault::services
