// `pixelvault scrub`.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <chrono>
#include <memory>
#include <string>

#include "app/commands/operations.hpp"
#include "app/commands/setting_flags.hpp"
#include "app/data_folder.hpp"
#include "app/progress_bar.hpp"
#include "app/run_blocking.hpp"
#include "app/values.hpp"
#include "app/workbench.hpp"
#include "services/scrub.hpp"

namespace pixelvault::app {

namespace json = boost::json;

using services::Fault;
using services::ScrubReport;

namespace {

constexpr const char* kFooter = R"(
Nothing is changed unless --repair or --rebuild is given: look first.
  pixelvault scrub --data data              what is wrong
  pixelvault scrub --data data --deep       the same, and every picture is read and hashed
  pixelvault scrub --data data --repair     remove what nobody needs, set counters right
It runs beside the server. Exit code: 0 nothing is wrong (any more), 1 something is, 2 a wrong command line.
See docs/operations.md for every finding and what to do about it.)";

// Below this age a blob without a row may well be an upload that is being stored.
constexpr std::chrono::hours kSafeAge{1};

struct Request {
  Flags flags;
  services::ScrubOptions options;
  bool deep = false;
  bool json = false;
  std::string min_age = "24h";
};

std::string_view meaning_of(Fault fault) {
  switch (fault) {
    case Fault::Missing:
      return "rows whose blob is not there: restore these pictures from a backup";
    case Fault::Damaged:
      return "blobs that are not what their rows say: restore these pictures from a backup";
    case Fault::Misplaced:
      return "blobs of missing ones at another place: --rebuild sets the rows";
    case Fault::Orphan:
      return "blobs without a row, of uploads that died: --repair removes them";
    case Fault::Duplicate:
      return "second blobs of images: --repair removes them";
    case Fault::Leftover:
      return "blobs of deleted images that nobody will remove: --repair removes them";
    case Fault::Foreign:
      return "keys that no image can have: look at them, they are left alone";
    case Fault::Counter:
      return "counters that are not what the rows say: --repair sets them right";
  }
  std::unreachable();
}

void print_finding(const services::Finding& finding) {
  fmt::print("  {:<9} {}", services::name_of(finding.fault), finding.what);
  if (finding.place) fmt::print(" at {}", domain::to_string(*finding.place));
  if (!finding.detail.empty()) fmt::print(": {}", finding.detail);
  fmt::print("{}\n", finding.repaired ? " (repaired)" : "");
}

void print_text(const ScrubReport& report) {
  fmt::print("{} images and {} deleted ones, {} blobs of {} bytes.\n", report.images,
             report.tombstones, report.blobs, report.blob_bytes);
  for (const Fault fault : services::kFaults) {
    if (report.found(fault) == 0) continue;
    fmt::print("{} {}", report.found(fault), meaning_of(fault));
    if (report.repaired(fault) > 0) fmt::print(" ({} repaired)", report.repaired(fault));
    fmt::print("\n");
  }
  for (const auto& finding : report.findings()) print_finding(finding);
  if (report.young > 0) {
    fmt::print("{} blobs without rows are young and may be uploads of this moment.\n",
               report.young);
  }
  if (report.at_limit) fmt::print("The limit was reached: run it again for the rest.\n");
  fmt::print("{}\n", report.is_clean() ? "Nothing is wrong." : "Something is wrong.");
}

json::object to_json(const services::Finding& finding) {
  json::object object{{"fault", services::name_of(finding.fault)},
                      {"what", finding.what},
                      {"place", nullptr},
                      {"detail", finding.detail},
                      {"repaired", finding.repaired}};
  if (finding.place) object["place"] = domain::to_string(*finding.place);
  return object;
}

json::object to_json(const ScrubReport& report) {
  json::object faults;
  for (const Fault fault : services::kFaults) {
    faults[services::name_of(fault)] =
        json::object{{"found", report.found(fault)}, {"repaired", report.repaired(fault)}};
  }
  json::array findings;
  for (const auto& finding : report.findings()) findings.push_back(to_json(finding));
  return {{"clean", report.is_clean()},       {"images", report.images},
          {"tombstones", report.tombstones},  {"blobs", report.blobs},
          {"blob_bytes", report.blob_bytes},  {"young", report.young},
          {"limit_reached", report.at_limit}, {"faults", std::move(faults)},
          {"findings", std::move(findings)}};
}

services::ScrubOptions options_of(const Request& request, const Config& config) {
  auto options = request.options;
  if (request.deep) options.depth = services::Depth::Bytes;
  const auto age = parse_duration(request.min_age);
  if (!age) throw ConfigError("--min-age is wrong: write a time such as 24h, 90m or 7d.");
  if (options.repair && *age < kSafeAge && is_served(config.data)) {
    throw ConfigError(
        "--min-age is wrong: while a server runs, uploads younger than 1h must not be judged; stop "
        "the server, or name a longer time.");
  }
  options.min_age = *age;
  return options;
}

int scrub(const Config& config, const Request& request) {
  require_database(config);
  const auto options = options_of(request, config);
  Workbench bench(config);
  ProgressBar bar;
  services::Scrub work({bench.catalog, bench.blobs, bench.blobs, bench.counters, bench.clock},
                       options, bar.sink());
  const auto report = run_blocking(work.run());
  bar.clear();
  if (request.json) {
    fmt::print("{}\n", json::serialize(to_json(report)));
  } else {
    print_text(report);
  }
  return report.is_clean() ? 0 : 1;
}

}  // namespace

void add_scrub(CLI::App& program, Job& job) {
  auto request = std::make_shared<Request>();
  auto* command = program.add_subcommand("scrub", "Hold rows and blobs against each other");
  add_store_flags(*command, request->flags);
  command->add_flag("--deep", request->deep, "Read every blob and compare its SHA-256");
  command->add_flag("--repair", request->options.repair,
                    "Remove blobs that nobody needs, set counters right");
  command->add_flag("--rebuild", request->options.rebuild,
                    "Set the places of rows whose blobs are found elsewhere");
  command
      ->add_option("--min-age", request->min_age,
                   "Blobs without rows that are younger are left alone [24h]")
      ->type_name("TIME");
  command->add_option("--limit", request->options.limit, "Blobs removed at most [1000]")
      ->type_name("N");
  command->add_option("--list", request->options.listed, "Findings that are named [1000]")
      ->type_name("N");
  command->add_flag("--json", request->json, "One JSON object instead of text");
  command->footer(kFooter);
  command->callback([command, request, &job] {
    job = [command, request] { return scrub(config_of(*command, request->flags), *request); };
  });
}

}  // namespace pixelvault::app
