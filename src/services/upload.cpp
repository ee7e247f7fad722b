#include "services/upload.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

#include "base/log.hpp"
#include "base/unavailable.hpp"
#include "services/mint.hpp"
#include "services/quota_errors.hpp"

namespace pixelvault::services {

using domain::ErrorCode;
using domain::Result;
using std::chrono::seconds;

/// What is known of the image while its parts arrive.
struct UploadService::Draft {
  std::optional<StagedFile> file;
  UploadOptions options;
};

namespace {

constexpr std::chrono::hours kTestLifetime{24};

Result<void> check_declared(UploadForm::DeclaredSize declared, std::uint64_t max_bytes) {
  if (declared.at_least <= max_bytes) return {};
  const auto size = declared.exact ? std::optional(declared.at_least) : std::nullopt;
  return domain::fail(file_too_large(max_bytes, size));
}

domain::UploadIdentity identity_of(const domain::Caller& caller, const StagedFile& file,
                                   const UploadOptions& options, std::optional<std::string> key) {
  const domain::UploadFacts facts{.project = caller.project,
                                  .environment = caller.environment,
                                  .sha256 = file.summary.sha256,
                                  .filename = options.filename.value_or(file.filename),
                                  .folder = options.folder,
                                  .visibility = options.visibility,
                                  .expires_in = options.expires_in,
                                  .metadata = options.metadata,
                                  .sign_expires_in = options.sign_expires_in};
  return domain::identify(facts, std::move(key));
}

std::optional<base::Timestamp> image_end(const domain::Caller& caller, const UploadOptions& options,
                                         base::Timestamp now) {
  std::optional<base::Timestamp> end;
  if (options.expires_in) end = now + seconds(*options.expires_in);
  if (caller.environment == domain::Environment::Live) return end;
  const base::Timestamp test_end = now + kTestLifetime;
  return std::min(end.value_or(test_end), test_end);
}

/// Of the link in the answer, in Unix seconds.
std::optional<std::int64_t> link_end(const UploadOptions& options, base::Timestamp now) {
  if (options.visibility != domain::Visibility::Private) return std::nullopt;
  const seconds lifetime(options.sign_expires_in.value_or(kDefaultUploadLink));
  return std::chrono::floor<seconds>(now + lifetime).time_since_epoch().count();
}

domain::UploadLimits limits_of(const domain::Plan& plan) {
  return {.storage_bytes = plan.storage_bytes,
          .uploads = plan.uploads_per_month,
          .private_images = plan.private_images};
}

domain::Error key_reused() {
  return {.code = ErrorCode::IdempotencyKeyReused,
          .message =
              "This Idempotency-Key was used for another file or other fields: send every "
              "new upload with a new key.",
          .param = "Idempotency-Key"};
}

domain::Error over_quota(const ports::OverQuota& over, const domain::Plan& plan,
                         base::Timestamp now) {
  return quota_error(
      {.quota = over.quota, .plan = plan.name, .limit = over.limit, .used = over.used}, now);
}

/// The first answer again. Without a key a replay is a request of its own, which may come years
/// later: it gets a link that works.
Uploaded replay(ports::Replayed known, const UploadOptions& options, bool keyed,
                base::Timestamp now) {
  Uploaded uploaded{
      .image = std::move(known.image), .signed_expires = known.signed_expires, .replayed = true};
  const auto unix_now = std::chrono::floor<seconds>(now).time_since_epoch().count();
  if (!keyed && uploaded.signed_expires.value_or(unix_now) <= unix_now) {
    uploaded.signed_expires = link_end(options, now);
  }
  return uploaded;
}

/// A blob that no row will ever name. Should it stay, it is an orphan and hurts nobody, so that the
/// answer does not depend on it.
base::task<void> discard(ports::BlobStore& blobs, ports::BlobRef blob) {
  try {
    co_await blobs.remove(blob);
  } catch (const base::Unavailable& error) {
    spdlog::warn("the blob {} was not needed and could not be removed: {}", blob.key, error.what());
  }
}

}  // namespace

base::task<Result<Uploaded>> UploadService::accept(domain::Caller caller, UploadForm& form,
                                                   std::optional<std::string> idempotency_key) {
  const auto max_bytes = use_.plans.of(caller.plan).max_file_bytes;
  if (auto fits = check_declared(form.declared_size(), max_bytes); !fits) {
    co_return std::unexpected(std::move(fits.error()));
  }
  const auto claim = co_await claims_.claim(caller, idempotency_key);
  if (!claim) co_return std::unexpected(claim.error());

  Draft draft;
  if (auto taken = co_await read(form, max_bytes, draft); !taken) {
    co_return std::unexpected(std::move(taken.error()));
  }
  // NOLINTNEXTLINE(bugprone-unchecked-optional-access): without a file `read` has failed
  co_return co_await store(caller, *std::move(draft.file), std::move(draft.options),
                           std::move(idempotency_key));
}

base::task<Result<void>> UploadService::read(UploadForm& form, std::uint64_t max_bytes,
                                             Draft& draft) {
  for (;;) {
    auto part = co_await form.next();
    if (!part) co_return std::unexpected(std::move(part.error()));
    if (std::holds_alternative<UploadForm::End>(*part)) break;
    Result<void> taken;
    if (auto* file = std::get_if<UploadForm::File>(&*part)) {
      taken = co_await receive(form, std::move(file->filename), max_bytes, draft);
    } else {
      auto& field = std::get<UploadForm::Field>(*part);
      taken = set_option(draft.options, field.name, std::move(field.value));
    }
    if (!taken) co_return taken;
  }
  if (!draft.file) {
    co_return domain::fail(
        {.code = ErrorCode::NoFile,
         .message = "There is no file in the request: send one as the form field 'file'.",
         .param = "file"});
  }
  co_return check(draft.options);
}

base::task<Result<void>> UploadService::receive(UploadForm& form, std::string filename,
                                                std::uint64_t max_bytes, Draft& draft) {
  if (draft.file) {
    co_return domain::fail(
        {.code = ErrorCode::InvalidRequest,
         .message = "Only one file fits into an upload: send each in a request of its own.",
         .param = "file"});
  }
  auto staged = co_await use_.staging.receive(form, std::move(filename), max_bytes);
  if (!staged) co_return std::unexpected(std::move(staged.error()));
  draft.file = *std::move(staged);
  co_return Result<void>{};
}

base::task<Result<Uploaded>> UploadService::store(const domain::Caller& caller, StagedFile file,
                                                  UploadOptions options,
                                                  std::optional<std::string> idempotency_key) {
  const bool keyed = idempotency_key.has_value();
  auto identity = identity_of(caller, file, options, std::move(idempotency_key));
  const auto image = make_image(caller, file, options, std::move(identity), use_.clock.now());
  auto outcome = co_await settle(std::move(file), image);

  const auto now = image.image.created_at;
  if (auto* replayed = std::get_if<ports::Replayed>(&outcome)) {
    co_return replay(std::move(*replayed), options, keyed, now);
  }
  if (std::holds_alternative<ports::KeyReused>(outcome)) co_return domain::fail(key_reused());
  if (const auto* over = std::get_if<ports::OverQuota>(&outcome)) {
    co_return domain::fail(over_quota(*over, use_.plans.of(caller.plan), now));
  }
  co_return Uploaded{.image = image.image, .signed_expires = image.signed_expires};
}

// The insertion decides what is a replay. Who gives a key means to come again: asking first saves
// that one writing the bytes in vain, while to all others the question would cost a tenth of their
// upload.
base::task<ports::InsertOutcome> UploadService::settle(StagedFile file, ports::NewImage image) {
  const auto& record = image.image;
  std::optional<ports::Replay> known;
  if (image.identity.key) {
    known = co_await use_.images.find_replay(record.project, record.environment, image.identity,
                                             record.created_at);
  }
  if (known) {
    co_return std::visit([](auto& replay) -> ports::InsertOutcome { return std::move(replay); },
                         *known);
  }
  image.image.place = co_await file.blob->commit(domain::image_path(record));
  co_return co_await insert_or_remove(std::move(image));
}

ports::NewImage UploadService::make_image(const domain::Caller& caller, const StagedFile& file,
                                          const UploadOptions& options,
                                          domain::UploadIdentity identity, base::Timestamp now) {
  return {.image = {.id = mint_id<domain::ImageId>(now, use_.random),
                    .project = caller.project,
                    .environment = caller.environment,
                    .format = file.summary.format,
                    .size = file.summary.size,
                    .facts = file.summary.facts,
                    .sha256 = file.summary.sha256,
                    .filename = options.filename.value_or(file.filename),
                    .folder = options.folder,
                    .metadata = options.metadata,
                    .created_at = now,
                    .visibility = options.visibility,
                    .expires_at = image_end(caller, options, now)},
          .limits = limits_of(use_.plans.of(caller.plan)),
          .identity = std::move(identity),
          .signed_expires = link_end(options, now)};
}

base::task<ports::InsertOutcome> UploadService::insert_or_remove(ports::NewImage image) {
  const auto blob = ports::blob_of(image.image);
  std::exception_ptr failure;
  bool outcome_known = true;
  ports::InsertOutcome outcome;
  try {
    outcome = co_await use_.images.insert(std::move(image));
  } catch (const base::Unavailable& error) {
    failure = std::current_exception();
    outcome_known = error.kind() != base::Unavailable::Kind::Fail;
  } catch (...) {
    failure = std::current_exception();
  }
  // A commit that failed half-way may still turn out to have happened, and a row must never be
  // without its bytes: the blob then stays.
  const bool stored = !failure && std::holds_alternative<ports::Stored>(outcome);
  if (!stored && outcome_known) co_await discard(use_.blobs, blob);
  if (failure) std::rethrow_exception(failure);
  co_return outcome;
}

}  // namespace pixelvault::services
