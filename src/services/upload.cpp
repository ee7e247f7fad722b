#include "services/upload.hpp"

#include <exception>
#include <utility>

#include "base/unavailable.hpp"
#include "domain/filename.hpp"
#include "domain/folder.hpp"
#include "domain/plan.hpp"
#include "services/mint.hpp"

namespace pixelvault::services {

using domain::ErrorCode;
using domain::Result;

/// What is known of the image while its parts arrive. Destroying it before `store` leaves no trace,
/// because the writer removes what it wrote.
struct UploadService::Draft {
  std::unique_ptr<ports::BlobWriter> blob;
  std::optional<Intake::Summary> file;
  std::string sent_filename;                   // with the file
  std::optional<std::string> chosen_filename;  // in a field of its own, which wins
  std::string folder;
  std::string metadata = "{}";

  Result<void> apply(UploadForm::Field field);
};

namespace {

std::unexpected<domain::Error> invalid(std::string param, std::string message) {
  return domain::fail({.code = ErrorCode::InvalidRequest,
                       .message = std::move(message),
                       .param = std::move(param)});
}

/// Fields that a client may believe in must not be ignored: what is not there yet is refused.
Result<void> refuse_private(const std::string& value) {
  if (value == "public") return {};
  if (value == "private") {
    return invalid(
        "visibility",
        "This server has no private images yet: leave visibility out, or set it to public.");
  }
  return invalid("visibility", "The visibility must be public or private.");
}

std::uint64_t max_file_bytes(const domain::Caller& caller) {
  // A plan that is no longer configured is the smallest one until somebody mends the account.
  return domain::find_plan(caller.plan).value_or(domain::kPlans.front()).max_file_bytes;
}

}  // namespace

Result<void> UploadService::Draft::apply(UploadForm::Field field) {
  if (field.name == "visibility") return refuse_private(field.value);
  if (field.name == "expires_in" || field.name == "sign_expires_in") {
    return invalid(field.name, "This server has no expiring images or links yet: leave " +
                                   field.name + " out.");
  }
  if (field.name == "metadata") {
    metadata = std::move(field.value);
  } else if (field.name == "filename") {
    chosen_filename = domain::clean_filename(field.value);
  } else if (field.name == "folder") {
    auto parsed = domain::parse_folder(field.value);
    if (!parsed) return std::unexpected(std::move(parsed.error()));
    folder = *std::move(parsed);
  }
  return {};  // unknown fields are ignored (contract §4)
}

base::task<Result<domain::Image>> UploadService::accept(domain::Caller caller, UploadForm& form) {
  const auto limit = max_file_bytes(caller);
  const auto declared = form.declared_size();
  if (declared.at_least > limit) {
    const auto size = declared.exact ? std::optional(declared.at_least) : std::nullopt;
    co_return domain::fail(file_too_large(limit, size));
  }

  Draft draft;
  for (;;) {
    auto part = co_await form.next();
    if (!part) co_return std::unexpected(std::move(part.error()));
    if (std::holds_alternative<UploadForm::End>(*part)) break;
    Result<void> taken;
    if (const auto* file = std::get_if<UploadForm::File>(&*part)) {
      draft.sent_filename = domain::clean_filename(file->filename);
      taken = co_await receive(form, limit, draft);
    } else {
      taken = draft.apply(std::get<UploadForm::Field>(*part));
    }
    if (!taken) co_return std::unexpected(std::move(taken.error()));
  }
  if (!draft.file) {
    co_return domain::fail(
        {.code = ErrorCode::NoFile,
         .message = "There is no file in the request: send one as the form field 'file'.",
         .param = "file"});
  }
  const auto file = *draft.file;
  co_return co_await store(caller, file, std::move(draft));
}

base::task<Result<void>> UploadService::receive(UploadForm& form, std::uint64_t limit,
                                                Draft& draft) {
  if (draft.file)
    co_return invalid("file",
                      "Only one file fits into an upload: send each in a request of its own.");
  Intake intake(limit, limits_);
  for (;;) {
    const auto chunk = co_await form.read();
    if (!chunk) co_return std::unexpected(chunk.error());
    const auto bytes = chunk->empty() ? intake.rest() : intake.take(*chunk);
    if (!bytes) co_return std::unexpected(bytes.error());
    if (!bytes->empty()) {
      // Only now is the type known: nothing of a refused file reaches the store.
      if (!draft.blob) draft.blob = co_await use_.blobs.create();
      co_await draft.blob->write(*bytes);
    }
    if (chunk->empty()) break;
  }
  auto summary = intake.finish();
  if (!summary) co_return std::unexpected(std::move(summary.error()));
  draft.file = *summary;
  co_return Result<void>{};
}

base::task<Result<domain::Image>> UploadService::store(const domain::Caller& caller,
                                                       Intake::Summary file, Draft draft) {
  const auto now = use_.clock.now();
  domain::Image image{.id = mint_id<domain::ImageId>(now, use_.random),
                      .project = caller.project,
                      .environment = caller.environment,
                      .format = file.format,
                      .size = file.size,
                      .facts = file.facts,
                      .sha256 = file.sha256,
                      .filename = draft.chosen_filename.value_or(draft.sent_filename),
                      .folder = std::move(draft.folder),
                      .metadata = std::move(draft.metadata),
                      .created_at = now};
  co_await draft.blob->commit(domain::image_path(image));
  co_await insert_or_remove(image);
  co_return image;
}

base::task<void> UploadService::insert_or_remove(domain::Image image) {
  std::exception_ptr failure;
  bool outcome_known = true;
  try {
    co_await use_.images.insert(image);
  } catch (const base::Unavailable& error) {
    failure = std::current_exception();
    outcome_known = error.kind() != base::Unavailable::Kind::Fail;
  } catch (...) {
    failure = std::current_exception();
  }
  if (!failure) co_return;
  // A commit that failed half-way may still turn out to have happened, and a row must never be
  // without its bytes: the blob then stays.
  if (outcome_known) co_await use_.blobs.remove(domain::image_path(image));
  std::rethrow_exception(failure);
}

}  // namespace pixelvault::services
