// `pixelvault doctor`.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <memory>

#include "app/commands/operations.hpp"
#include "app/commands/setting_flags.hpp"
#include "app/doctor/checks.hpp"
#include "app/process.hpp"

namespace pixelvault::app {

namespace json = boost::json;

using doctor::Diagnoses;
using doctor::Diagnosis;
using doctor::Verdict;

namespace {

constexpr const char* kFooter = R"(
Looks at what the server stands on, with the server's settings, and says what to do about what is not well.
It may run beside the server; it writes and removes small files in the data folder.
  pixelvault doctor --data data
  pixelvault doctor --config pixelvault.toml --deep --json
Exit code: 0 nothing failed (there may be warnings), 1 something did, 2 a wrong command line.
See docs/operations.md.)";

struct Request {
  Flags flags;
  bool deep = false;
  bool json = false;
};

const char* name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::Ok:
      return "ok";
    case Verdict::Warning:
      return "warning";
    case Verdict::Failure:
      return "failure";
  }
  return "";
}

void append(Diagnoses& all, Diagnoses more) { std::ranges::move(more, std::back_inserter(all)); }

Diagnoses examine(const Config& config, bool deep) {
  Diagnoses all = doctor::check_database(config, deep);
  const bool there = all.size() > 1;  // otherwise nothing is made in a folder that is not ours
  if (there) all.push_back(doctor::check_blob_store(config));
  all.push_back(doctor::check_space(config));
  if (there) append(all, doctor::check_syncing(config));
  if (there) all.push_back(doctor::check_clock(config));
  all.push_back(doctor::check_open_files(config));
  all.push_back(doctor::check_public_url(config));
  if (there) all.push_back(doctor::check_access(config));
  all.push_back(doctor::check_leftovers(config));
  return all;
}

void print_text(const Diagnoses& all) {
  for (const auto& one : all) {
    fmt::print("{:<8} {:<15} {}\n", name_of(one.verdict), one.check, one.finding);
    if (!one.remedy.empty()) fmt::print("{:<24} -> {}\n", "", one.remedy);
  }
}

void print_json(const Diagnoses& all, bool well) {
  json::array checks;
  for (const auto& one : all) {
    checks.push_back(json::object{{"check", one.check},
                                  {"verdict", name_of(one.verdict)},
                                  {"finding", one.finding},
                                  {"remedy", one.remedy}});
  }
  const json::object object{{"well", well}, {"checks", std::move(checks)}};
  fmt::print("{}\n", json::serialize(object));
}

int diagnose(const Config& config, const Request& request) {
  prepare_process();
  const auto all = examine(config, request.deep);
  const bool well = std::ranges::none_of(
      all, [](const Diagnosis& one) { return one.verdict == Verdict::Failure; });
  if (request.json) {
    print_json(all, well);
  } else {
    print_text(all);
  }
  return well ? 0 : 1;
}

}  // namespace

void add_doctor(CLI::App& program, Job& job) {
  auto request = std::make_shared<Request>();
  auto* command = program.add_subcommand("doctor", "Look at what the server stands on");
  add_store_flags(*command, request->flags);
  add_flags(*command, request->flags, {"public_url", "import_ca_file", "max_connections"});
  command->add_flag("--deep", request->deep, "Also compare every index with its table");
  command->add_flag("--json", request->json, "One JSON object instead of text");
  command->footer(kFooter);
  command->callback([command, request, &job] {
    job = [command, request] { return diagnose(config_of(*command, request->flags), *request); };
  });
}

}  // namespace pixelvault::app
