// Plans: what an account may use (contract §6). The shipped four; sizes in bytes, 1 MB = 1,048,576.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace pixelvault::domain {

struct Plan {
  std::string_view name;
  std::uint64_t max_file_bytes;
};

inline constexpr std::uint64_t kMegabyte = 1'048'576;

inline constexpr std::array<Plan, 4> kPlans = {{
    {.name = "free", .max_file_bytes = 5 * kMegabyte},
    {.name = "starter", .max_file_bytes = 50 * kMegabyte},
    {.name = "pro", .max_file_bytes = 50 * kMegabyte},
    {.name = "unlimited", .max_file_bytes = 50 * kMegabyte},
}};

constexpr std::optional<Plan> find_plan(std::string_view name) {
  for (const auto& plan : kPlans) {
    if (plan.name == name) return plan;
  }
  return std::nullopt;
}

}  // namespace pixelvault::domain
