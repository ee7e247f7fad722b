#include "app/commands/setting_flags.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <optional>

namespace pixelvault::app {

namespace {

Environment read_environment() {
  Environment variables;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const auto equals = text.find('=');
    if (!text.starts_with("PIXELVAULT_") || equals == std::string_view::npos) continue;
    variables.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return variables;
}

}  // namespace

void add_config_flag(CLI::App& command, Flags& flags) {
  command
      .add_option("--config", flags.config_file, "TOML file with settings (or PIXELVAULT_CONFIG)")
      ->type_name("FILE");
}

void add_flags(CLI::App& command, Flags& flags, std::initializer_list<std::string_view> names) {
  for (const auto& setting : settings()) {
    if (std::ranges::find(names, setting.name) == names.end()) continue;
    command.add_option(flag_name(setting), flags.values[setting.name], std::string(setting.help))
        ->type_name(std::string(setting.value));
  }
}

void add_store_flags(CLI::App& command, Flags& flags) {
  add_config_flag(command, flags);
  add_flags(command, flags, {"data", "blobs"});
}

Config config_of(const CLI::App& command, const Flags& flags) {
  GivenFlags given;
  for (const auto& setting : settings()) {
    const auto* option = command.get_option_no_throw(flag_name(setting));
    if (option != nullptr && option->count() > 0) {
      given.emplace_back(&setting, flags.values.at(setting.name));
    }
  }
  const auto environment = read_environment();
  std::optional<std::filesystem::path> file;
  if (const auto named = environment.find(kConfigVariable); named != environment.end())
    file = named->second;
  if (command.count("--config") > 0) file = flags.config_file;
  return load_config(file, environment, given);
}

}  // namespace pixelvault::app
