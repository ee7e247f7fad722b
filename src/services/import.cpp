#include "services/import.hpp"

#include <memory>
#include <utility>

namespace pixelvault::services {

using domain::ErrorCode;
using domain::Result;

namespace {

std::unexpected<domain::Error> switched_off() {
  return domain::fail({.code = ErrorCode::NotSupported,
                       .message = "This server does not fetch pictures from other places: send the "
                                  "file itself, as the form field 'file' or as the body.",
                       .param = "url"});
}

/// A download as the source of a file.
class DownloadedFile final : public FileSource {
 public:
  explicit DownloadedFile(ports::Download& download) : download_(download) {}

  base::task<Result<base::ByteView>> read() override {
    auto bytes = co_await download_.read();
    if (!bytes) co_return bytes;
    // Said here, because the client has sent no file that could be empty.
    if (bytes->empty() && !std::exchange(any_, true)) {
      co_return domain::fail({.code = ErrorCode::ImportFailed,
                              .message = "What the URL leads to is empty.",
                              .param = "url"});
    }
    any_ = true;
    co_return bytes;
  }

 private:
  ports::Download& download_;
  bool any_ = false;
};

}  // namespace

base::task<Result<Uploaded>> ImportService::import(domain::Caller caller, ImportRequest request,
                                                   std::optional<std::string> idempotency_key) {
  if (!use_.enabled) co_return switched_off();
  auto address = domain::parse_web_address(request.url);
  if (!address) co_return std::unexpected(std::move(address.error()));
  if (auto fits = check(request.options); !fits) co_return std::unexpected(fits.error());
  const auto claim = co_await use_.uploads.claim(caller, idempotency_key);
  if (!claim) co_return std::unexpected(claim.error());

  auto file = co_await fetch(*std::move(address), std::move(request.trace),
                             use_.plans.of(caller.plan).max_file_bytes);
  if (!file) co_return std::unexpected(std::move(file.error()));
  co_return co_await use_.uploads.store(caller, *std::move(file), std::move(request.options),
                                        std::move(idempotency_key));
}

base::task<Result<StagedFile>> ImportService::fetch(domain::WebAddress address,
                                                    std::optional<domain::TraceContext> trace,
                                                    std::uint64_t max_bytes) {
  const auto filename = address.filename();
  const auto download = co_await use_.fetcher.fetch(std::move(address), std::move(trace));
  if (!download) co_return std::unexpected(download.error());
  const auto length = (*download)->length();
  if (length.value_or(0) > max_bytes) co_return domain::fail(file_too_large(max_bytes, length));
  DownloadedFile file(**download);
  co_return co_await use_.staging.receive(file, filename, max_bytes);
}

}  // namespace pixelvault::services
