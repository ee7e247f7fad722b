#include "domain/link.hpp"

#include <gtest/gtest.h>

#include "support/builders.hpp"

namespace pixelvault::domain {
namespace {

class Links : public testing::Test {
 protected:
  static LinkKey key(const std::string& id, std::byte fill) {
    LinkKey made{.id = id, .created_at = {}};
    made.secret.fill(fill);
    return made;
  }
  bool accepted(std::string_view token, std::int64_t expires) const {
    return is_link_token(key_, project_, image_, expires, token);
  }

  support::Builders make_;
  const ProjectId project_ = make_.id<ProjectId>();
  const ImageId image_ = make_.id<ImageId>();
  const LinkKey key_ = key("abcd1234", std::byte{7});
  const std::int64_t expires_ = 1'800'000'000;
  const std::string token_ = sign_link(key_, project_, image_, expires_);
};

TEST_F(Links, a_token_is_good_for_its_image_and_moment) {
  EXPECT_TRUE(accepted(token_, expires_));
  EXPECT_EQ(token_.size(), 8U + 1 + 43);
}

TEST_F(Links, another_moment_image_or_project_is_refused) {
  EXPECT_FALSE(accepted(token_, expires_ + 1));
  EXPECT_FALSE(is_link_token(key_, project_, make_.id<ImageId>(), expires_, token_));
  EXPECT_FALSE(is_link_token(key_, make_.id<ProjectId>(), image_, expires_, token_));
}

TEST_F(Links, every_single_changed_character_is_refused) {
  for (std::size_t i = 0; i < token_.size(); ++i) {
    auto changed = token_;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(accepted(changed, expires_)) << i;
  }
}

TEST_F(Links, every_cut_and_every_longer_token_is_refused) {
  for (std::size_t length = 0; length < token_.size(); ++length) {
    EXPECT_FALSE(accepted(token_.substr(0, length), expires_)) << length;
  }
  EXPECT_FALSE(accepted(token_ + "A", expires_));
}

TEST_F(Links, another_secret_under_the_same_name_is_refused) {
  EXPECT_FALSE(is_link_token(key("abcd1234", std::byte{8}), project_, image_, expires_, token_));
}

TEST_F(Links, a_token_names_its_key) {
  EXPECT_EQ(link_key_id(token_), "abcd1234");
  for (const char* text : {"", ".", "abcd123.x", "abcd12345.x", "abcd1234"}) {
    EXPECT_EQ(link_key_id(text), "") << text;
  }
}

}  // namespace
}  // namespace pixelvault::domain
