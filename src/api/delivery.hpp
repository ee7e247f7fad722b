// GET and HEAD of pictures (contract §5): public ones under their permanent URLs, private ones
// under signed links. Any thread may call.
#pragma once

#include <optional>

#include "api/delivery_fields.hpp"
#include "api/hot_deliveries.hpp"
#include "base/cache_metrics.hpp"
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
  /// The answer to what was asked for a moment ago, without waiting for anything; nothing when that
  /// takes more. The request's route is noted then.
  std::optional<http::Response> deliver_again(http::Request& request);

 private:
  base::task<domain::Result<http::Response>> answer(http::Request& request,
                                                    services::DeliveryService::Found found);

  services::DeliveryService& delivery_;
  DeliveryFields fields_;
  HotDeliveries hot_;
  base::CacheMetrics metrics_{"delivery"};  // of `hot_`
};

}  // namespace pixelvault::api
