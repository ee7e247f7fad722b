// GET and HEAD of pictures under their permanent URLs (contract §5).
#pragma once

#include "base/task.hpp"
#include "domain/error.hpp"
#include "http/router.hpp"
#include "services/delivery.hpp"

namespace pixelvault::api {

class DeliveryApi {
 public:
  explicit DeliveryApi(services::DeliveryService& delivery) : delivery_(delivery) {}

  base::task<domain::Result<http::Response>> deliver(http::Request& request, http::PathValues path);

 private:
  services::DeliveryService& delivery_;
};

}  // namespace pixelvault::api
