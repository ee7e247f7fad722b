// Taking an image in from a public URL: as an upload, but the bytes are fetched. Used by the api.
// Any thread may call.
#pragma once

#include <optional>
#include <string>

#include "base/task.hpp"
#include "domain/account.hpp"
#include "domain/error.hpp"
#include "domain/plan.hpp"
#include "ports/http_fetcher.hpp"
#include "services/staging.hpp"
#include "services/upload.hpp"
#include "services/upload_options.hpp"

namespace pixelvault::services {

struct ImportRequest {
  std::string url;
  std::optional<domain::TraceContext> trace = {};  ///< that the request belongs to
  UploadOptions options = {};  ///< without a filename, the last segment of the URL's path is it
};

class ImportService {
 public:
  struct Dependencies {
    ports::HttpFetcher& fetcher;
    UploadService& uploads;
    Staging& staging;
    const domain::Plans& plans;
    bool enabled = true;  ///< whether the operator lets this server fetch at all
  };

  explicit ImportService(const Dependencies& dependencies) : use_(dependencies) {}

  /// One image, durable when it returns; the file streams through as an upload's does. A retry
  /// fetches again, because what was fetched is part of what makes two imports the same. Errors:
  /// NotSupported when imports are off; InvalidRequest for the URL, before anything is fetched;
  /// ImportFailed; FileTooLarge, before a byte is read where the length was declared; those of
  /// `check`, `UploadService::claim`, `Staging::receive` and `UploadService::store`.
  base::task<domain::Result<Uploaded>> import(domain::Caller caller, ImportRequest request,
                                              std::optional<std::string> idempotency_key);

 private:
  base::task<domain::Result<StagedFile>> fetch(domain::WebAddress address,
                                               std::optional<domain::TraceContext> trace,
                                               std::uint64_t max_bytes);

  Dependencies use_;
};

}  // namespace pixelvault::services
