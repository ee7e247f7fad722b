// /v1/export and /v1/export-jobs: a whole project as an archive (contract §4). Called on the
// server's threads; keeps nothing between calls.
#pragma once

#include "base/task.hpp"
#include "domain/account.hpp"
#include "domain/error.hpp"
#include "http/router.hpp"
#include "services/exports.hpp"

namespace pixelvault::api {

class ExportsApi {
 public:
  explicit ExportsApi(services::ExportService& exports) : exports_(exports) {}

  base::task<domain::Result<http::Response>> start(domain::Caller caller, http::Request& request,
                                                   http::PathValues path);
  base::task<domain::Result<http::Response>> status(domain::Caller caller, http::Request& request,
                                                    http::PathValues path);
  /// The archive has no length beforehand: it is sent in chunks.
  base::task<domain::Result<http::Response>> download(domain::Caller caller, http::Request& request,
                                                      http::PathValues path);

 private:
  services::ExportService& exports_;
};

}  // namespace pixelvault::api
