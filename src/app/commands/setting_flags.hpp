// Settings as flags of commands: which a command takes, and the configuration that comes of what
// was given. Used while the command line is read, on one thread.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>

#include "app/config.hpp"

namespace pixelvault::app {

/// What the flags were given, by the name of their setting. Outlives the parsing.
struct Flags {
  std::map<std::string_view, std::string> values;
  std::string config_file;
};

void add_config_flag(CLI::App& command, Flags& flags);
/// Those of the named settings that there are.
void add_flags(CLI::App& command, Flags& flags, std::initializer_list<std::string_view> names);
/// `--config` and the settings that say where records and blobs are.
void add_store_flags(CLI::App& command, Flags& flags);

/// Throws ConfigError.
Config config_of(const CLI::App& command, const Flags& flags);

/// The exit code of a command whose configuration or work may fail: 2 for wrong settings, 1 for all
/// else, each with a sentence on standard error that begins with `what`.
template <class Command>
int guarded(const char* what, const Command& command) {
  try {
    return command();
  } catch (const ConfigError& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s: %s.\n", what, error.what());
    return 1;
  }
}

}  // namespace pixelvault::app
