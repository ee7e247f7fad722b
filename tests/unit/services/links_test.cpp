#include "services/links.hpp"

#include <gtest/gtest.h>

#include "services/mint.hpp"
#include "unit/services/world.hpp"

namespace pixelvault::services {
namespace {

using std::chrono::seconds;
using support::run;

class LinksRing : public testing::Test {
 protected:
  LinkClaim claim_of(const SignedLink& link) const {
    const auto token = link.path.find("?token=") + 7;
    return {.project = image_.project,
            .image = image_.id,
            .expires = link.expires,
            .token = link.path.substr(token, link.path.find('&') - token)};
  }
  domain::LinkKey add_key() {
    auto key = mint_link_key(world_.clock.now(), world_.random);
    run(world_.link_keys.add(key));
    return key;
  }

  support::World world_;
  domain::Image image_ = [this] {
    auto image = world_.build.image(world_.caller.project);
    image.visibility = domain::Visibility::Private;
    return image;
  }();
};

TEST_F(LinksRing, a_link_names_path_token_and_end_and_is_genuine) {
  const auto link = run(world_.links.sign(image_, seconds(60)));
  const auto now = std::chrono::floor<seconds>(world_.clock.now()).time_since_epoch().count();
  EXPECT_EQ(link.expires, now + 60);
  EXPECT_TRUE(link.path.starts_with(domain::image_path(image_) + "?token="));
  EXPECT_TRUE(link.path.ends_with("&expires=" + std::to_string(link.expires)));
  EXPECT_TRUE(run(world_.links.verify(claim_of(link))));
}

TEST_F(LinksRing, nothing_of_a_link_can_be_changed) {
  const auto good = claim_of(run(world_.links.sign(image_, seconds(60))));
  auto image = good, project = good, expires = good, cut = good, empty = good, flipped = good;
  image.image = world_.build.id<domain::ImageId>();
  project.project = world_.build.id<domain::ProjectId>();
  ++expires.expires;
  cut.token.pop_back();
  empty.token.clear();
  flipped.token.back() = flipped.token.back() == 'A' ? 'E' : 'A';
  for (const auto& bad : {image, project, expires, cut, empty, flipped}) {
    EXPECT_FALSE(run(world_.links.verify(bad)));
  }
}

TEST_F(LinksRing, the_first_key_is_made_once_and_shared_by_all_servers) {
  Links other(world_.link_keys, world_.clock, world_.random);
  const auto link = run(world_.links.sign(image_, seconds(60)));
  EXPECT_EQ(run(other.sign(image_, seconds(60))).path, link.path);
  EXPECT_EQ(run(world_.link_keys.list()).size(), 1U);
}

TEST_F(LinksRing, links_of_an_older_key_live_on_while_the_newest_signs) {
  const auto old = run(world_.links.sign(image_, seconds(3600)));
  const auto key = add_key();
  world_.clock.advance(seconds(60));
  const auto fresh = run(world_.links.sign(image_, seconds(3600)));
  EXPECT_EQ(domain::link_key_id(claim_of(fresh).token), key.id);
  EXPECT_TRUE(run(world_.links.verify(claim_of(old))));
  EXPECT_TRUE(run(world_.links.verify(claim_of(fresh))));
}

TEST_F(LinksRing, a_key_that_another_server_has_just_made_is_found_within_a_second) {
  ASSERT_FALSE(run(world_.links.sign(image_, seconds(60))).path.empty());
  const auto key = add_key();
  const auto now = std::chrono::floor<seconds>(world_.clock.now()).time_since_epoch().count();
  const LinkClaim foreign{.project = image_.project,
                          .image = image_.id,
                          .expires = now + 60,
                          .token = domain::sign_link(key, image_.project, image_.id, now + 60)};
  EXPECT_FALSE(run(world_.links.verify(foreign))) << "the ring was read this second";
  world_.clock.advance(seconds(1));
  EXPECT_TRUE(run(world_.links.verify(foreign)));
}

TEST_F(LinksRing, a_key_that_is_no_longer_in_the_ring_is_worth_nothing) {
  const auto link = run(world_.links.sign(image_, seconds(3600)));
  world_.clock.advance(seconds(60));
  add_key();
  run(world_.link_keys.forget_before(world_.clock.now()));
  EXPECT_FALSE(run(world_.links.verify(claim_of(link))));
}

TEST_F(LinksRing, keys_differ_and_their_ids_have_eight_characters) {
  const auto one = mint_link_key(world_.clock.now(), world_.random);
  const auto two = mint_link_key(world_.clock.now(), world_.random);
  EXPECT_EQ(one.id.size(), 8U);
  EXPECT_NE(one.id, two.id);
  EXPECT_NE(one.secret, two.secret);
}

}  // namespace
}  // namespace pixelvault::services
