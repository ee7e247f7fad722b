// /v1/images: upload, look, list, delete (contract §4).
#pragma once

#include <string>

#include "base/task.hpp"
#include "domain/account.hpp"
#include "domain/error.hpp"
#include "http/router.hpp"
#include "services/library.hpp"
#include "services/upload.hpp"

namespace pixelvault::api {

class ImagesApi {
 public:
  /// `public_url` is the base of delivery URLs, without a slash at its end.
  ImagesApi(services::UploadService& uploads, services::LibraryService& library,
            std::string public_url)
      : uploads_(uploads), library_(library), public_url_(std::move(public_url)) {}

  base::task<domain::Result<http::Response>> upload(domain::Caller caller, http::Request& request,
                                                    http::PathValues path);
  base::task<domain::Result<http::Response>> list(domain::Caller caller, http::Request& request,
                                                  http::PathValues path);
  base::task<domain::Result<http::Response>> get(domain::Caller caller, http::Request& request,
                                                 http::PathValues path);
  base::task<domain::Result<http::Response>> remove(domain::Caller caller, http::Request& request,
                                                    http::PathValues path);

 private:
  services::UploadService& uploads_;
  services::LibraryService& library_;
  std::string public_url_;
};

}  // namespace pixelvault::api
