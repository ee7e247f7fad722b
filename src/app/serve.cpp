#include "app/serve.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <utility>

#include "app/background.hpp"
#include "app/build_app.hpp"
#include "app/data_folder.hpp"
#include "app/process.hpp"
#include "app/run_blocking.hpp"
#include "base/log.hpp"

namespace pixelvault::app {

void serve(const Config& config) {
  base::configure_log(config.log_level);
  prepare_process();
  const DataFolder folder(config.data);
  App app(config);
  Background background;
  for (auto& chore : app.chores()) {
    background.every(chore.pause, std::move(chore.name), std::move(chore.work));
  }

  app.start();
  fmt::print("PixelVault " PIXELVAULT_VERSION " listening on {}, data in {}\n", app.local_url(),
             std::filesystem::absolute(config.data).lexically_normal().string());
  std::fflush(stdout);
  background.run_until_signal();
  spdlog::info("stopping: running requests may finish");
  app.stop();
  run_blocking(app.flush());
}

}  // namespace pixelvault::app
