#include "services/batch_draft.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <utility>

#include "domain/filename.hpp"
#include "domain/folder.hpp"
#include "domain/utf8.hpp"

namespace pixelvault::services {

using domain::ErrorCode;
using domain::Result;

namespace {

constexpr std::size_t kMaxCollectionName = 200;  // bytes

constexpr std::array<std::string_view, 6> kSharedFields = {
    "folder", "visibility", "expires_in", "sign_expires_in", "metadata", "describe"};
constexpr std::array<std::string_view, 8> kOwnFields = {
    "filename",        "folder",   "visibility", "expires_in",
    "sign_expires_in", "metadata", "describe",   "url"};

bool knows(std::span<const std::string_view> names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

std::unexpected<domain::Error> invalid(std::string param, std::string message) {
  return domain::fail({.code = ErrorCode::InvalidRequest,
                       .message = std::move(message),
                       .param = std::move(param)});
}

/// What an image without data is told.
domain::Error without_data(const ImageDraft& image) {
  if (image.fields.contains("url")) {
    return {.code = ErrorCode::NotSupported,
            .message = "This server does not fetch images from a URL: send the file itself.",
            .param = "url"};
  }
  return {.code = ErrorCode::NoFile,
          .message = "There is no file in this image: send its bytes as base64 in 'data'.",
          .param = "data"};
}

}  // namespace

Result<void> BatchDraft::set_shared(BatchForm::Shared field) {
  if (field.name == "collection") {
    auto name = domain::printable(field.value);
    if (name.size() > kMaxCollectionName) {
      return invalid("collection", "The name of a collection may have 200 bytes.");
    }
    if (!name.empty()) collection_.name = std::move(name);
    return {};
  }
  if (!knows(kSharedFields, field.name)) return {};
  auto taken = set_option(collection_.options, field.name, std::move(field.value));
  if (taken && field.name == "folder") collection_.folder = collection_.options.folder;
  return taken;
}

Result<void> BatchDraft::begin(std::string sent_filename) {
  if (images_.size() == kMaxBatchImages) {
    return domain::fail({.code = ErrorCode::InvalidRequest,
                         .message = "A batch holds at most 50 images: send the others in another.",
                         .param = "images",
                         .limit = kMaxBatchImages});
  }
  images_.push_back({.sent_filename = std::move(sent_filename)});
  return {};
}

void BatchDraft::set_own(BatchForm::Own field) {
  if (!knows(kOwnFields, field.name)) return;
  current().fields.insert_or_assign(std::move(field.name), std::move(field.value));
}

void BatchDraft::add_flaw(domain::Error error) {
  current().file.reset();
  current().error = std::move(error);
}

Result<void> BatchDraft::finish() {
  if (images_.empty()) {
    return domain::fail({.code = ErrorCode::NoFile,
                         .message = "There is no image in the request: send 1 to 50, as the form "
                                    "field 'files' or in the JSON array 'images'.",
                         .param = "images"});
  }
  if (collection_.name && !collection_.folder) {
    auto folder = domain::parse_folder(*collection_.name);
    if (!folder) {
      return invalid("collection",
                     "The name of the collection cannot be a folder: send a 'folder' beside it.");
    }
    collection_.folder = *std::move(folder);
    collection_.options.folder = *collection_.folder;
  }
  for (auto& image : images_) {
    if (!image.has_data && !image.error) image.error = without_data(image);
  }
  return {};
}

Result<UploadOptions> BatchDraft::options_of(const ImageDraft& image) const {
  UploadOptions options = collection_.options;
  for (const auto& [name, value] : image.fields) {
    if (auto taken = set_option(options, name, value); !taken) {
      return std::unexpected(std::move(taken.error()));
    }
  }
  if (auto whole = check(options); !whole) return std::unexpected(std::move(whole.error()));
  return options;
}

std::string shown_filename(const ImageDraft& image) {
  const auto chosen = image.fields.find("filename");
  const auto& name = chosen == image.fields.end() ? image.sent_filename : chosen->second;
  return domain::clean_filename(name);
}

}  // namespace pixelvault::services
