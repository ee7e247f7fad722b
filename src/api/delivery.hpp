// GET and HEAD of pictures (contract §5): public ones under their permanent URLs, private ones
// under signed links. Any thread may call.
#pragma once

#include "api/delivery_fields.hpp"
#include "base/task.hpp"
#include "domain/error.hpp"
#include "http/router.hpp"
#include "services/delivery.hpp"

namespace pixelvault::api {

class DeliveryApi {
 public:
  explicit DeliveryApi(services::DeliveryService& delivery) : delivery_(delivery) {}

  base::task<domain::Result<http::Response>> deliver(http::Request& request, http::PathValues path);
  base::task<domain::Result<http::Response>> deliver_private(http::Request& request,
                                                             http::PathValues path);

 private:
  base::task<domain::Result<http::Response>> answer(http::Request& request,
                                                    services::DeliveryService::Found found);

  services::DeliveryService& delivery_;
  DeliveryFields fields_;
};

}  // namespace pixelvault::api
