#include "domain/plan.hpp"

#include <algorithm>
#include <utility>

namespace pixelvault::domain {

namespace {
constexpr std::uint64_t kGigabyte = 1024 * kMegabyte;
}  // namespace

Plans Plans::shipped() {
  Plans plans;
  plans.set({.name = "free",
             .max_file_bytes = 5 * kMegabyte,
             .storage_bytes = 200 * kMegabyte,
             .uploads_per_month = 500,
             .bandwidth_bytes_per_month = kGigabyte,
             .projects = 1,
             .private_images = 100});
  plans.set({.name = "starter",
             .storage_bytes = 10 * kGigabyte,
             .uploads_per_month = 10'000,
             .bandwidth_bytes_per_month = 100 * kGigabyte,
             .projects = 10});
  plans.set({.name = "pro",
             .storage_bytes = 100 * kGigabyte,
             .uploads_per_month = 100'000,
             .bandwidth_bytes_per_month = 1024 * kGigabyte,
             .projects = 100});
  plans.set({.name = "unlimited"});
  return plans;
}

void Plans::set(Plan plan) {
  const auto found = std::ranges::find(plans_, plan.name, &Plan::name);
  if (found == plans_.end()) {
    plans_.push_back(std::move(plan));
  } else {
    *found = std::move(plan);
  }
}

const Plan* Plans::find(std::string_view name) const {
  const auto found = std::ranges::find(plans_, name, &Plan::name);
  return found == plans_.end() ? nullptr : &*found;
}

const Plan& Plans::of(std::string_view name) const {
  const auto* plan = find(name);
  return plan == nullptr ? plans_.front() : *plan;
}

}  // namespace pixelvault::domain
