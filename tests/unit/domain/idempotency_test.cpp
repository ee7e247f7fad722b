#include "domain/idempotency.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "support/builders.hpp"

namespace pixelvault::domain {
namespace {

class Identity : public testing::Test {
 protected:
  UploadFacts facts() const {
    return {.project = project_, .filename = "a", .folder = "b", .metadata = R"({"c":"d"})"};
  }

  support::Builders make_;
  const ProjectId project_ = make_.id<ProjectId>();
};

TEST_F(Identity, equal_uploads_have_one_fingerprint) {
  EXPECT_EQ(identify(facts(), {}).fingerprint, identify(facts(), {}).fingerprint);
}

TEST_F(Identity, every_covered_fact_makes_another_fingerprint) {
  const auto other = make_.id<ProjectId>();
  const std::vector<std::function<void(UploadFacts&)>> changes = {
      [&](auto& facts) { facts.project = other; },
      [](auto& facts) { facts.environment = Environment::Test; },
      [](auto& facts) { facts.sha256[31] = std::byte{1}; },
      [](auto& facts) { facts.filename = "A"; },
      [](auto& facts) { facts.folder = ""; },
      [](auto& facts) { facts.visibility = Visibility::Private; },
      [](auto& facts) { facts.expires_in = 60; },
      [](auto& facts) { facts.metadata = "{}"; }};
  for (std::size_t i = 0; i < changes.size(); ++i) {
    auto changed = facts();
    changes[i](changed);
    EXPECT_NE(identify(changed, {}).fingerprint, identify(facts(), {}).fingerprint) << i;
  }
}

TEST_F(Identity, text_does_not_move_from_one_field_to_the_next) {
  auto left = facts(), right = facts();
  left.filename = "ab", left.folder = "c";
  right.filename = "a", right.folder = "bc";
  EXPECT_NE(identify(left, {}).fingerprint, identify(right, {}).fingerprint);
}

TEST_F(Identity, the_life_of_the_first_link_counts_only_with_a_key) {
  auto longer = facts();
  longer.sign_expires_in = 120;
  EXPECT_EQ(identify(longer, {}).fingerprint, identify(facts(), {}).fingerprint);
  EXPECT_NE(identify(longer, "k").fingerprint, identify(facts(), "k").fingerprint);
}

TEST(IdempotencyKey, has_1_to_255_printable_characters) {
  EXPECT_TRUE(is_idempotency_key("a key ~ with spaces"));
  EXPECT_TRUE(is_idempotency_key(std::string(255, 'k')));
  for (const auto& text : {std::string(), std::string(256, 'k'), std::string("tab\t"),
                           std::string("nul\0", 4), std::string("\xC3\xBC")}) {
    EXPECT_FALSE(is_idempotency_key(text)) << text;
  }
}

}  // namespace
}  // namespace pixelvault::domain
