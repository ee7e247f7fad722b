#include "services/health.hpp"

#include <gtest/gtest.h>

#include "base/unavailable.hpp"
#include "support/fake_clock.hpp"
#include "support/run_task.hpp"

namespace pixelvault::services {
namespace {

class StubbornProbe final : public ports::HealthProbe {
 public:
  StubbornProbe(std::string name, bool healthy) : name_(std::move(name)), healthy_(healthy) {}
  std::string name() const override { return name_; }
  base::task<void> check() override {
    ++checks;
    if (!healthy_) throw base::Unavailable(base::Unavailable::Kind::Fail, "away");
    co_return;
  }

  int checks = 0;

 private:
  std::string name_;
  bool healthy_;
};

TEST(Health, says_which_system_is_away) {
  StubbornProbe database("database", true);
  StubbornProbe blobs("blobs", false);
  support::FakeClock clock;
  HealthService health({&database, &blobs}, clock);
  const auto findings = support::run(health.check());
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_TRUE(findings[0].healthy);
  EXPECT_EQ(findings[1].name, "blobs");
  EXPECT_FALSE(findings[1].healthy);
}

TEST(Health, asks_each_system_at_most_once_a_second) {
  StubbornProbe database("database", true);
  support::FakeClock clock;
  HealthService health({&database}, clock);
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(support::run(health.check()).front().healthy);
  EXPECT_EQ(database.checks, 1);
  clock.advance(std::chrono::seconds(1));
  EXPECT_TRUE(support::run(health.check()).front().healthy);
  EXPECT_EQ(database.checks, 2);
}

}  // namespace
}  // namespace pixelvault::services
