#include "app/command_line.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <map>
#include <optional>
#include <string>

#include "app/config.hpp"
#include "app/serve.hpp"

namespace pixelvault::app {
namespace {

constexpr const char* kServeFooter = R"(
Every setting is also an environment variable (--public-url is PIXELVAULT_PUBLIC_URL) and a key of the
TOML file (public_url = "https://cdn.example.com"). A flag wins over the environment, which wins over the file.

Then, in another terminal:
  curl -X POST http://127.0.0.1:8080/v1/auth/register -d '{"email":"you@example.com","password":"secure-pass"}'
  curl -H 'Authorization: Bearer pv_live_...' -F file=@photo.jpg http://127.0.0.1:8080/v1/images)";

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

/// What the flags of `serve` were given, by the name of their setting.
struct ServeFlags {
  std::map<std::string_view, std::string> values;
  std::string config_file;
};

CLI::App* add_serve(CLI::App& program, ServeFlags& flags) {
  auto* serve = program.add_subcommand("serve", "Run the server until it gets SIGINT or SIGTERM");
  serve->add_option("--config", flags.config_file, "TOML file with settings (or PIXELVAULT_CONFIG)")
      ->type_name("FILE");
  for (const auto& setting : settings()) {
    serve->add_option(flag_name(setting), flags.values[setting.name], std::string(setting.help))
        ->type_name(std::string(setting.value));
  }
  serve->footer(kServeFooter);
  return serve;
}

Config config_of(const CLI::App& serve, const ServeFlags& flags) {
  GivenFlags given;
  for (const auto& setting : settings()) {
    if (serve.count(flag_name(setting)) > 0)
      given.emplace_back(&setting, flags.values.at(setting.name));
  }
  const auto environment = read_environment();
  std::optional<std::filesystem::path> file;
  if (const auto named = environment.find(kConfigVariable); named != environment.end())
    file = named->second;
  if (serve.count("--config") > 0) file = flags.config_file;
  return load_config(file, environment, given);
}

}  // namespace

int run_command_line(int argc, char** argv) {
  CLI::App program("PixelVault: hand over an image, get back a permanent URL.", "pixelvault");
  program.require_subcommand(0, 1);
  program.set_help_all_flag("--help-all", "Help for every command");
  program.footer("Start with: pixelvault serve --help");
  ServeFlags flags;
  const auto* serve_command = add_serve(program, flags);
  const auto* version_command = program.add_subcommand("version", "Print the version");

  try {
    program.parse(argc, argv);
  } catch (const CLI::Success& help) {
    return program.exit(help);
  } catch (const CLI::ParseError& error) {
    std::fprintf(stderr, "%s; see pixelvault --help.\n", error.what());
    return 2;
  }
  if (program.get_subcommands().empty()) {
    std::fputs(program.help().c_str(), stderr);
    return 2;
  }
  if (version_command->parsed()) {
    std::puts("pixelvault " PIXELVAULT_VERSION);
    return 0;
  }
  try {
    serve(config_of(*serve_command, flags));
    return 0;
  } catch (const ConfigError& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "The server cannot start: %s.\n", error.what());
    return 1;
  }
}

}  // namespace pixelvault::app
