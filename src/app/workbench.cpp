#include "app/workbench.hpp"

#include <filesystem>

#include "app/data_folder.hpp"

namespace pixelvault::app {

void require_database(const Config& config) {
  refuse_unfinished_restore(config.data);
  if (std::filesystem::exists(config.data / "pixelvault.db")) return;
  throw ConfigError("The setting data is wrong: there is no database in '" + config.data.string() +
                    "'; name the data folder of the server.");
}

}  // namespace pixelvault::app
