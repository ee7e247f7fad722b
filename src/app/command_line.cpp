#include "app/command_line.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>

#include "app/admin.hpp"
#include "app/commands/operations.hpp"
#include "app/commands/setting_flags.hpp"
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

CLI::App* add_serve(CLI::App& program, Flags& flags) {
  auto* serve = program.add_subcommand("serve", "Run the server until it gets SIGINT or SIGTERM");
  add_config_flag(*serve, flags);
  for (const auto& setting : settings()) add_flags(*serve, flags, {setting.name});
  serve->footer(kServeFooter);
  return serve;
}

CLI::App* add_admin_command(CLI::App& admin, AdminRequest& request, const char* name,
                            const char* help) {
  auto* command = admin.add_subcommand(name, help);
  command->callback([&request, name] { request.command = name; });
  return command;
}

CLI::App* add_admin(CLI::App& program, AdminRequest& request, Flags& flags) {
  auto* admin = program.add_subcommand("admin", "Administer accounts, also while the server runs");
  admin->require_subcommand(1);
  add_config_flag(*admin, flags);
  add_flags(*admin, flags, {"data"});
  const auto add = [&](const char* name, const char* help) {
    return add_admin_command(*admin, request, name, help);
  };
  const auto email = [&request](CLI::App* command) {
    command->add_option("EMAIL", request.email, "Address of the account")->required();
    return command;
  };
  add("accounts", "List the accounts, oldest first")
      ->add_flag("--json", request.json, "One JSON object a line");
  auto* create = email(add("create-account", "Make an account with a project and print its key"));
  create->add_option("--plan", request.plan, "Its plan; the default one when left out");
  create->add_flag("--password", request.with_password, "Ask for a password, or read one line");
  email(add("set-plan", "Put an account on another plan"))
      ->add_option("PLAN", request.plan, "A plan of the configuration")
      ->required();
  email(add("set-password", "Set a password, asked for or read from standard input"));
  email(add("revoke-keys", "Revoke every key of an account"));
  add("rotate-link-key", "Sign links with a new key; links that are out stay good");
  admin->footer("See docs/administration.md for what each command does.");
  return admin;
}

}  // namespace

int run_command_line(int argc, char** argv) {
  CLI::App program("PixelVault: hand over an image, get back a permanent URL.", "pixelvault");
  program.require_subcommand(0, 1);
  program.set_help_all_flag("--help-all", "Help for every command");
  program.footer("Start with: pixelvault serve --help");
  Flags flags;
  AdminRequest request;
  const auto* serve_command = add_serve(program, flags);
  const auto* admin_command = add_admin(program, request, flags);
  Job operation;
  add_operations(program, operation);
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
  if (operation) return guarded("This did not work", operation);
  if (admin_command->parsed()) {
    return guarded("This did not work",
                   [&] { return administer(config_of(*admin_command, flags), request); });
  }
  return guarded("The server cannot start", [&] {
    serve(config_of(*serve_command, flags));
    return 0;
  });
}

}  // namespace pixelvault::app
