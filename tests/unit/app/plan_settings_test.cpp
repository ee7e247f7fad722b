#include "app/plan_settings.hpp"

#include <gtest/gtest.h>

#include "app/config.hpp"

namespace pixelvault::app {
namespace {

domain::Plans configured(std::string_view text) {
  auto plans = domain::Plans::shipped();
  const auto table = toml::parse(text);
  apply_plans(plans, *table.get("plans"), "pixelvault.toml");
  return plans;
}

std::string complaint(std::string_view text) {
  try {
    configured(text);
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "";
}

TEST(PlanSettings, change_what_they_name_and_leave_the_rest) {
  const auto plans = configured("[plans.free]\nuploads = 7\nstorage = \"1 GB\"\n");
  EXPECT_EQ(plans.of("free").uploads_per_month, 7U);
  EXPECT_EQ(plans.of("free").storage_bytes, 1024 * domain::kMegabyte);
  EXPECT_EQ(plans.of("free").projects, 1U);
}

TEST(PlanSettings, add_plans_and_take_limits_away) {
  const auto plans = configured(
      "[plans.team]\nprojects = 3\nmax_file = \"20 MB\"\n[plans.free]\nbandwidth = "
      "\"unlimited\"\n");
  ASSERT_NE(plans.find("team"), nullptr);
  EXPECT_EQ(plans.of("team").projects, 3U);
  EXPECT_EQ(plans.of("team").max_file_bytes, 20 * domain::kMegabyte);
  EXPECT_FALSE(plans.of("team").storage_bytes.has_value());
  EXPECT_FALSE(plans.of("free").bandwidth_bytes_per_month.has_value());
}

TEST(PlanSettings, what_is_wrong_is_named_with_its_place) {
  EXPECT_NE(complaint("[plans.free]\nuploads = -1\n").find("plans.free.uploads in pixelvault.toml"),
            std::string::npos);
  for (const char* text :
       {"[plans.free]\nspeed = 1\n", "[plans.free]\nuploads = \"1 MB\"\n",
        "[plans.free]\nmax_file = \"unlimited\"\n", "[plans]\nfree = 1\n", "plans = 1\n",
        "[plans.\"Two Words\"]\nuploads = 1\n", "[plans.free]\nstorage = 1.5\n"}) {
    EXPECT_NE(complaint(text), "") << text;
  }
}

}  // namespace
}  // namespace pixelvault::app
