#include "services/batch.hpp"

#include <utility>

#include "base/log.hpp"
#include "base/unavailable.hpp"

namespace pixelvault::services {

using base::Unavailable;
using domain::ErrorCode;
using domain::Result;

namespace {

/// Reads on to the end of the bytes that nobody wants, so that the next image can be read.
base::task<Result<void>> pass_over(BatchForm& form) {
  for (;;) {
    const auto bytes = co_await form.read();
    if (!bytes) co_return std::unexpected(bytes.error());
    if (bytes->empty()) co_return Result<void>{};
  }
}

/// Of one image, while others are stored already: the request must answer for those.
domain::Error unavailable(const Unavailable& failure) {
  if (failure.kind() == Unavailable::Kind::DiskFull) {
    return {.code = ErrorCode::InsufficientStorage,
            .message = "The server's disk is full: send this image again later."};
  }
  return {.code = ErrorCode::Unavailable,
          .message = "The server could not store this image now: send it again in a moment."};
}

}  // namespace

/// Pulls the form to its end into a draft.
class BatchService::Reader {
 public:
  Reader(BatchForm& form, Staging& staging, std::uint64_t max_file_bytes)
      : form_(form), staging_(staging), max_file_bytes_(max_file_bytes) {}

  base::task<Result<BatchDraft>> read() {
    for (;;) {
      auto part = co_await form_.next();
      if (!part) co_return std::unexpected(std::move(part.error()));
      if (std::holds_alternative<BatchForm::End>(*part)) break;
      if (std::holds_alternative<BatchForm::Data>(*part)) {
        if (auto read = co_await read_file(); !read) {
          co_return std::unexpected(std::move(read.error()));
        }
      } else if (auto taken = take(*part); !taken) {
        co_return std::unexpected(std::move(taken.error()));
      }
    }
    if (auto whole = draft_.finish(); !whole) co_return std::unexpected(std::move(whole.error()));
    co_return std::move(draft_);
  }

 private:
  Result<void> take(BatchForm::Part& part) {
    if (auto* field = std::get_if<BatchForm::Shared>(&part)) {
      return draft_.set_shared(std::move(*field));
    }
    if (auto* image = std::get_if<BatchForm::Begin>(&part)) {
      return draft_.begin(std::move(image->filename));
    }
    if (auto* field = std::get_if<BatchForm::Own>(&part)) draft_.set_own(std::move(*field));
    if (auto* flaw = std::get_if<BatchForm::Flaw>(&part)) draft_.add_flaw(std::move(flaw->error));
    return {};
  }

  base::task<Result<void>> read_file() {
    auto& image = draft_.current();
    image.has_data = true;
    auto staged = co_await staging_.receive(form_, image.sent_filename, max_file_bytes_);
    if (staged) {
      image.file = *std::move(staged);
      co_return Result<void>{};
    }
    image.error = std::move(staged.error());
    // Where it was the form that failed, it says so again.
    co_return co_await pass_over(form_);
  }

  BatchForm& form_;
  Staging& staging_;
  std::uint64_t max_file_bytes_;
  BatchDraft draft_;
};

std::uint64_t BatchService::max_body_bytes(const domain::Caller& caller) const {
  const auto files = kMaxBatchImages * use_.plans.of(caller.plan).max_file_bytes;
  return files / 3 * 4 + domain::kMegabyte;
}

base::task<Result<Batch>> BatchService::accept(domain::Caller caller, BatchForm& form,
                                               std::optional<std::string> idempotency_key) {
  const auto claim = co_await use_.uploads.claim(caller, idempotency_key);
  if (!claim) co_return std::unexpected(claim.error());
  Reader reader(form, use_.staging, use_.plans.of(caller.plan).max_file_bytes);
  auto draft = co_await reader.read();
  if (!draft) co_return std::unexpected(std::move(draft.error()));
  co_return co_await store(caller, *std::move(draft), std::move(idempotency_key));
}

base::task<Batch> BatchService::store(const domain::Caller& caller, BatchDraft draft,
                                      std::optional<std::string> idempotency_key) {
  Batch batch{.name = draft.collection().name, .folder = draft.collection().folder.value_or("")};
  bool any_stored = false;
  for (auto& image : draft.images()) {
    std::optional<std::string> key;
    if (idempotency_key) key = *idempotency_key + "/" + std::to_string(batch.items.size());
    Result<Uploaded> outcome = domain::fail({.code = ErrorCode::Internal, .message = {}});
    try {
      outcome = co_await store_one(caller, draft, image, std::move(key));
    } catch (const Unavailable& failure) {
      if (!any_stored) throw;
      spdlog::error("an image of a batch was not stored: {}", failure.what());
      outcome = domain::fail(unavailable(failure));
    }
    any_stored = any_stored || outcome.has_value();
    batch.items.push_back({.filename = shown_filename(image), .outcome = std::move(outcome)});
  }
  co_return batch;
}

base::task<Result<Uploaded>> BatchService::store_one(const domain::Caller& caller,
                                                     const BatchDraft& draft, ImageDraft& image,
                                                     std::optional<std::string> key) {
  if (image.error) co_return std::unexpected(*image.error);
  auto options = draft.options_of(image);
  if (!options) co_return std::unexpected(std::move(options.error()));
  // NOLINTNEXTLINE(bugprone-unchecked-optional-access): an image without an error has a file
  StagedFile file = *std::exchange(image.file, std::nullopt);
  co_return co_await use_.uploads.store(caller, std::move(file), *std::move(options),
                                        std::move(key));
}

}  // namespace pixelvault::services
