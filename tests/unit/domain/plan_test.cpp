#include "domain/plan.hpp"

#include <gtest/gtest.h>

#include "domain/month.hpp"
#include "domain/scope.hpp"

namespace pixelvault::domain {
namespace {

TEST(Plans, the_shipped_ones_are_those_of_the_contract) {
  const auto plans = Plans::shipped();
  const auto& free = plans.of("free");
  EXPECT_EQ(free.storage_bytes, 200 * kMegabyte);
  EXPECT_EQ(free.uploads_per_month, 500U);
  EXPECT_EQ(free.bandwidth_bytes_per_month, 1024 * kMegabyte);
  EXPECT_EQ(free.max_file_bytes, 5 * kMegabyte);
  EXPECT_EQ(free.projects, 1U);
  EXPECT_EQ(free.private_images, 100U);
  EXPECT_EQ(plans.of("starter").projects, 10U);
  EXPECT_EQ(plans.of("pro").storage_bytes, 102'400 * kMegabyte);
  EXPECT_FALSE(plans.of("unlimited").storage_bytes.has_value());
  EXPECT_EQ(plans.of("unlimited").max_file_bytes, 50 * kMegabyte);
}

TEST(Plans, a_plan_that_is_gone_is_the_smallest_one) {
  for (const auto* name : {"gold", "Free", ""}) EXPECT_EQ(Plans::shipped().find(name), nullptr);
  EXPECT_EQ(Plans::shipped().of("gold").name, "free");
}

TEST(Plans, setting_a_plan_replaces_or_adds_it) {
  auto plans = Plans::shipped();
  plans.set({.name = "free", .projects = 3});
  plans.set({.name = "team"});
  EXPECT_EQ(plans.of("free").projects, 3U);
  EXPECT_EQ(plans.all().size(), 5U);
  EXPECT_EQ(plans.all().back().name, "team");
}

base::Timestamp at(std::chrono::year_month_day day, std::chrono::milliseconds time) {
  return std::chrono::sys_days(day) + time;
}

TEST(Month, is_the_calendar_month_in_utc) {
  using namespace std::chrono_literals;
  const auto last = month_of(at(2026y / 12 / 31, 24h - 1ms));
  EXPECT_EQ(last.name, "2026-12");
  EXPECT_EQ(last.start, at(2026y / 12 / 1, 0ms));
  EXPECT_EQ(last.end, at(2027y / 1 / 1, 0ms));
  EXPECT_EQ(month_of(last.end).name, "2027-01");
  EXPECT_EQ(month_of(at(2028y / 2 / 29, 12h)).end, at(2028y / 3 / 1, 0ms));
}

TEST(Scopes, have_the_names_of_the_contract_and_no_others) {
  for (const auto* name :
       {"images:write", "images:read", "images:delete", "keys:manage", "usage:read"}) {
    const auto scope = find_scope(name);
    ASSERT_TRUE(scope) << name;
    EXPECT_EQ(scope_name(*scope), name);
  }
  EXPECT_FALSE(find_scope("images:*"));
  EXPECT_FALSE(find_scope(""));
}

TEST(Scopes, a_set_includes_its_parts_only) {
  Scopes read;
  EXPECT_TRUE(read.empty());
  read.add(Scope::ImagesRead);
  EXPECT_TRUE(read.has(Scope::ImagesRead));
  EXPECT_FALSE(read.has(Scope::ImagesWrite));
  EXPECT_TRUE(Scopes::all().includes(read));
  EXPECT_FALSE(read.includes(Scopes::all()));
}

}  // namespace
}  // namespace pixelvault::domain
