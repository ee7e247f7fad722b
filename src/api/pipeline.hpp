// The way of every request through the api: route, guard, handler, and the one catch for what went
// wrong. Serves all threads at once.
#pragma once

#include "http/application.hpp"
#include "http/router.hpp"

namespace pixelvault::api {

class Pipeline final : public http::Application {
 public:
  explicit Pipeline(http::Router router) : router_(std::move(router)) {}

  base::task<http::Response> handle(http::Request& request) override;
  http::Response refuse(const http::Refusal& refusal) override;
  void completed(const http::Exchange& exchange) override;

 private:
  base::task<http::Response> dispatch(http::Request& request);

  http::Router router_;
};

}  // namespace pixelvault::api
