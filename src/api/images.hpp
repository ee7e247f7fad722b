// /v1/images: upload, look, list, change, delete (contract §4). Any thread may call.
#pragma once

#include <optional>
#include <string>

#include "api/image_json.hpp"
#include "base/task.hpp"
#include "domain/account.hpp"
#include "domain/error.hpp"
#include "http/router.hpp"
#include "services/import.hpp"
#include "services/library.hpp"
#include "services/upload.hpp"

namespace pixelvault::api {

/// The request's Idempotency-Key, where it has one. InvalidRequest unless it is 1 to 255 printable
/// ASCII characters.
domain::Result<std::optional<std::string>> idempotency_key(const http::Request& request);

class ImagesApi {
 public:
  ImagesApi(services::UploadService& uploads, services::ImportService& imports,
            services::LibraryService& library, const ImagePresenter& presenter)
      : uploads_(uploads), imports_(imports), library_(library), presenter_(presenter) {}

  base::task<domain::Result<http::Response>> upload(domain::Caller caller, http::Request& request,
                                                    http::PathValues path);
  base::task<domain::Result<http::Response>> list(domain::Caller caller, http::Request& request,
                                                  http::PathValues path);
  base::task<domain::Result<http::Response>> get(domain::Caller caller, http::Request& request,
                                                 http::PathValues path);
  base::task<domain::Result<http::Response>> update(domain::Caller caller, http::Request& request,
                                                    http::PathValues path);
  base::task<domain::Result<http::Response>> remove(domain::Caller caller, http::Request& request,
                                                    http::PathValues path);

 private:
  /// The image of the request, in whichever of the three ways it comes.
  base::task<domain::Result<services::Uploaded>> take(domain::Caller caller, http::Request& request,
                                                      std::optional<std::string> key);

  services::UploadService& uploads_;
  services::ImportService& imports_;
  services::LibraryService& library_;
  const ImagePresenter& presenter_;
};

}  // namespace pixelvault::api
