#include "app/plan_settings.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "app/config.hpp"
#include "app/values.hpp"

namespace pixelvault::app {

using domain::Plan;

namespace {

/// What a plan may say; each is a number, or a size where `size` is set.
struct PlanKey {
  std::string_view name;
  bool size;
  void (*set)(Plan& plan, std::optional<std::uint64_t> limit);
};

constexpr std::string_view kUnlimited = "unlimited";

constexpr std::array kKeys = {
    PlanKey{"storage", true, [](Plan& plan, auto limit) { plan.storage_bytes = limit; }},
    PlanKey{"uploads", false, [](Plan& plan, auto limit) { plan.uploads_per_month = limit; }},
    PlanKey{"bandwidth", true,
            [](Plan& plan, auto limit) { plan.bandwidth_bytes_per_month = limit; }},
    PlanKey{"max_file", true,
            [](Plan& plan, auto limit) {
              if (limit) plan.max_file_bytes = *limit;
            }},
    PlanKey{"projects", false, [](Plan& plan, auto limit) { plan.projects = limit; }},
    PlanKey{"private_images", false, [](Plan& plan, auto limit) { plan.private_images = limit; }},
};

[[noreturn]] void refuse(const std::string& source, const std::string& why) {
  throw ConfigError("The setting " + source + " is wrong: " + why + ".");
}

std::optional<std::uint64_t> read_limit(const PlanKey& key, const toml::node& node,
                                        const std::string& source) {
  if (const auto number = node.value_exact<std::int64_t>(); number && *number >= 0) {
    return static_cast<std::uint64_t>(*number);
  }
  const auto text = node.value_exact<std::string>().value_or("");
  if (text == kUnlimited && key.name != "max_file") return std::nullopt;
  const auto number = key.size ? parse_size(text) : parse_number<std::uint64_t>(text);
  if (number) return number;
  refuse(source, key.name == "max_file" ? "it must be a size, such as \"50 MB\""
                 : key.size             ? "it must be a size, such as \"200 MB\", or \"unlimited\""
                                        : "it must be a whole number, or \"unlimited\"");
}

void apply_plan(Plan& plan, const toml::table& table, const std::string& source) {
  for (const auto& [name, node] : table) {
    const auto* key = std::ranges::find(kKeys, std::string_view(name.str()), &PlanKey::name);
    const std::string place =
        "plans." + plan.name + "." + std::string(name.str()) + " in " + source;
    if (key == kKeys.end()) {
      refuse(place, "a plan has storage, uploads, bandwidth, max_file, projects, private_images");
    }
    key->set(plan, read_limit(*key, node, place));
  }
}

bool is_plan_name(std::string_view name) {
  return !name.empty() && name.size() <= 32 && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

}  // namespace

void apply_plans(domain::Plans& plans, const toml::node& table, const std::string& source) {
  if (!table.is_table()) refuse("plans in " + source, "write a table [plans.NAME] for each plan");
  for (const auto& [name, node] : *table.as_table()) {
    const std::string place = "plans." + std::string(name.str()) + " in " + source;
    if (!node.is_table()) refuse(place, "a plan is a table of limits");
    if (!is_plan_name(name.str())) {
      refuse(place, "a plan's name has at most 32 lower-case letters, digits, '-' and '_'");
    }
    const auto* known = plans.find(name.str());
    Plan plan = known != nullptr ? *known : Plan{.name = std::string(name.str())};
    apply_plan(plan, *node.as_table(), source);
    plans.set(std::move(plan));
  }
}

}  // namespace pixelvault::app
