// The way of every request through the api: route, guard, handler, and the one catch for what went
// wrong; then the request is counted and logged. Serves all threads at once.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <utility>

#include "api/request_metrics.hpp"
#include "http/application.hpp"
#include "http/router.hpp"

namespace pixelvault::api {

class Pipeline final : public http::Application {
 public:
  struct Options {
    bool access_log = true;  ///< every request leaves a line in the log
    bool metrics = true;     ///< every request is counted
    /// Asked first, as `http::Application::answer_now`; may be empty.
    std::function<std::optional<http::Response>(http::Request&)> shortcut{};
  };

  Pipeline(http::Router router, Options options);

  std::optional<http::Response> answer_now(http::Request& request) override;
  base::task<http::Response> handle(http::Request& request) override;
  http::Response refuse(const http::Refusal& refusal) override;
  void completed(const http::Exchange& exchange) override;

 private:
  base::task<http::Response> dispatch(http::Request& request);
  /// The pattern of the route that answered; empty when none did.
  std::string_view route_of(const http::Exchange& exchange) const;

  http::Router router_;
  Options options_;
  std::optional<RequestMetrics> metrics_;
};

}  // namespace pixelvault::api
