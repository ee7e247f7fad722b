#include "app/serve.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <utility>

#include "app/background.hpp"
#include "app/build_app.hpp"
#include "app/data_folder.hpp"
#include "app/process.hpp"
#include "app/run_blocking.hpp"
#include "base/log.hpp"

namespace pixelvault::app {

namespace {

/// What cannot be written now is some seconds of counts, and no reason to end with an error.
void flush(App& app) {
  try {
    run_blocking(app.flush());
  } catch (const std::exception& error) {
    spdlog::warn("the last counts of bandwidth and key uses are lost: {}", error.what());
  }
}

/// The lock of the data folder says that nobody else works on it. On a disk that cannot be written
/// now, what the server before this one had begun waits until its leases end.
void take_over(App& app) {
  try {
    const auto ended = run_blocking(app.take_over());
    if (ended > 0) spdlog::info("took over {} jobs that were interrupted", ended);
  } catch (const std::exception& error) {
    spdlog::warn("jobs that were interrupted wait for the end of their leases: {}", error.what());
  }
}

}  // namespace

void serve(const Config& config) {
  base::configure_log(config.log);
  prepare_process();
  const DataFolder folder(config.data);
  App app(config);
  take_over(app);
  Background background;
  for (auto& chore : app.chores()) {
    background.every(chore.pause, std::move(chore.name), std::move(chore.work));
  }

  app.start();
  fmt::print("PixelVault " PIXELVAULT_VERSION " listening on {}, data in {}\n", app.local_url(),
             std::filesystem::absolute(config.data).lexically_normal().string());
  if (const auto admin = app.admin_url()) fmt::print("Metrics at {}/metrics\n", *admin);
  std::fflush(stdout);
  background.run_until_signal();
  spdlog::info("stopping: running requests may finish");
  app.stop();
  flush(app);
}

}  // namespace pixelvault::app
