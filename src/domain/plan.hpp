// Plans: what an account may use (contract §6). Sizes in bytes; 1 MB = 1,048,576. The table is read
// once when the server starts and never changes; any thread may look.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pixelvault::domain {

inline constexpr std::uint64_t kMegabyte = 1'048'576;

/// A limit that is absent is no limit.
struct Plan {
  std::string name;
  std::uint64_t max_file_bytes = 50 * kMegabyte;
  std::optional<std::uint64_t> storage_bytes = {};
  std::optional<std::uint64_t> uploads_per_month = {};
  std::optional<std::uint64_t> bandwidth_bytes_per_month = {};
  std::optional<std::uint64_t> projects = {};
  std::optional<std::uint64_t> private_images = {};
};

class Plans {
 public:
  /// The four that the server ships: free, starter, pro, unlimited.
  static Plans shipped();

  /// Replaces the plan of this name, or adds it.
  void set(Plan plan);

  const Plan* find(std::string_view name) const;
  /// The plan of an account. One that is no longer configured is the first plan, the smallest,
  /// until somebody mends the account.
  const Plan& of(std::string_view name) const;
  std::span<const Plan> all() const { return plans_; }

 private:
  std::vector<Plan> plans_;
};

}  // namespace pixelvault::domain
