// POST /v1/images/batch: up to 50 images with one request (contract §4). Called on the server's
// threads; keeps nothing between calls.
#pragma once

#include "api/image_json.hpp"
#include "base/task.hpp"
#include "domain/account.hpp"
#include "domain/error.hpp"
#include "http/router.hpp"
#include "services/batch.hpp"

namespace pixelvault::api {

class BatchApi {
 public:
  BatchApi(services::BatchService& batches, const ImagePresenter& presenter)
      : batches_(batches), presenter_(presenter) {}

  /// 201, 200 when all images were replays, 207 when any failed; with a result for each.
  base::task<domain::Result<http::Response>> upload(domain::Caller caller, http::Request& request,
                                                    http::PathValues path);

 private:
  services::BatchService& batches_;
  const ImagePresenter& presenter_;
};

}  // namespace pixelvault::api
