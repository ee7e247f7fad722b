// POST /v1/images/:id/sign-url (contract §4). Any thread may call.
#pragma once

#include <string>
#include <utility>

#include "base/task.hpp"
#include "domain/account.hpp"
#include "domain/error.hpp"
#include "http/router.hpp"
#include "services/library.hpp"

namespace pixelvault::api {

class LinksApi {
 public:
  /// `public_url` is the base of delivery URLs, without a slash at its end.
  LinksApi(services::LibraryService& library, std::string public_url)
      : library_(library), public_url_(std::move(public_url)) {}

  base::task<domain::Result<http::Response>> sign(domain::Caller caller, http::Request& request,
                                                  http::PathValues path);

 private:
  services::LibraryService& library_;
  std::string public_url_;
};

}  // namespace pixelvault::api
