// /v1/projects: the projects of an account, for its sessions (contract §3). Serves all threads at
// once.
#pragma once

#include "base/task.hpp"
#include "domain/account.hpp"
#include "domain/error.hpp"
#include "http/router.hpp"
#include "services/projects.hpp"

namespace pixelvault::api {

class ProjectsApi {
 public:
  explicit ProjectsApi(services::ProjectService& projects) : projects_(projects) {}

  base::task<domain::Result<http::Response>> list(domain::SessionCaller caller,
                                                  http::Request& request, http::PathValues path);
  base::task<domain::Result<http::Response>> create(domain::SessionCaller caller,
                                                    http::Request& request, http::PathValues path);
  base::task<domain::Result<http::Response>> get(domain::SessionCaller caller,
                                                 http::Request& request, http::PathValues path);
  base::task<domain::Result<http::Response>> rename(domain::SessionCaller caller,
                                                    http::Request& request, http::PathValues path);
  base::task<domain::Result<http::Response>> remove(domain::SessionCaller caller,
                                                    http::Request& request, http::PathValues path);

 private:
  services::ProjectService& projects_;
};

}  // namespace pixelvault::api
