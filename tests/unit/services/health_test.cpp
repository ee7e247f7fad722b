#include "services/health.hpp"

#include <gtest/gtest.h>

#include "base/unavailable.hpp"
#include "support/run_task.hpp"

namespace pixelvault::services {
namespace {

class StubbornProbe final : public ports::HealthProbe {
 public:
  StubbornProbe(std::string name, bool healthy) : name_(std::move(name)), healthy_(healthy) {}
  std::string name() const override { return name_; }
  base::task<void> check() override {
    if (!healthy_) throw base::Unavailable(base::Unavailable::Kind::Fail, "away");
    co_return;
  }

 private:
  std::string name_;
  bool healthy_;
};

TEST(Health, says_which_system_is_away) {
  StubbornProbe database("database", true);
  StubbornProbe blobs("blobs", false);
  HealthService health({&database, &blobs});
  const auto findings = support::run(health.check());
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_TRUE(findings[0].healthy);
  EXPECT_EQ(findings[1].name, "blobs");
  EXPECT_FALSE(findings[1].healthy);
}

}  // namespace
}  // namespace pixelvault::services
