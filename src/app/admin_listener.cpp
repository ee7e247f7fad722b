#include "app/admin_listener.hpp"

#include "app/edge.hpp"

namespace pixelvault::app {

namespace {

// What is asked for every some seconds is neither counted nor logged.
const api::Pipeline::Options kQuiet{.access_log = false, .metrics = false};

std::unique_ptr<http::Server> listen(const Config& config) {
  if (!config.admin_listen) return nullptr;
  http::Options options{.name = "admin",
                        .address = config.admin_listen->address,
                        .port = config.admin_listen->port,
                        .threads = 1};
  // A scrape that hangs must not hold up the end.
  options.shutdown_grace = std::chrono::seconds(1);
  return std::make_unique<http::Server>(std::move(options));
}

}  // namespace

AdminListener::AdminListener(const Config& config, api::HealthApi& health)
    : build_({.name = "pixelvault_build_info",
              .help = "1, with the version of the program as a label.",
              .labels = {{"version", PIXELVAULT_VERSION}}}),
      pipeline_(api::make_monitoring_routes(monitoring_, health), kQuiet),
      server_(listen(config)) {
  build_.set(1);
  if (server_ && config.admin_listen) {
    url_ = listener_url(config.admin_listen->address, server_->port());
  }
}

void AdminListener::start() {
  if (server_) server_->start(pipeline_);
}

void AdminListener::stop() {
  if (!server_) return;
  server_->stop();
  server_->join();
}

}  // namespace pixelvault::app
