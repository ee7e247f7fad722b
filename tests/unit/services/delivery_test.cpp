#include "services/delivery.hpp"

#include <gtest/gtest.h>

#include "base/unavailable.hpp"
#include "unit/services/world.hpp"

namespace pixelvault::services {
namespace {

using domain::ErrorCode;
using std::chrono::seconds;
using support::run;
using Field = UploadForm::Field;
using Signature = DeliveryService::Signature;

class Delivery : public testing::Test {
 protected:
  domain::Image add(std::vector<Field> fields = {}) {
    return world_.upload(world_.photo(++number_), std::move(fields))->image;
  }
  domain::Image add_private() { return add({{"visibility", "private"}}); }

  static std::string file_of(const domain::Image& image) { return image.id.to_string() + ".jpg"; }

  domain::Result<DeliveryService::Found> find(const domain::Image& image) {
    return run(world_.delivery.find(image.project.to_string(), file_of(image)));
  }
  /// As a request that has found the image opens it.
  domain::Result<DeliveryService::Body> open(const domain::Image& image) {
    auto record = std::make_shared<const RecordCache::Kept>(image);
    return run(world_.delivery.open(std::move(record), 0, 5));
  }
  domain::Result<DeliveryService::Found> find_private(const domain::Image& image,
                                                      std::optional<Signature> signature) {
    return run(world_.delivery.find_private(image.project.to_string(), file_of(image),
                                            std::move(signature)));
  }
  Signature sign(const domain::Image& image, seconds lifetime) {
    const auto link = run(world_.links.sign(image, lifetime));
    const auto token = link.path.find("?token=") + 7;
    return {.token = link.path.substr(token, link.path.find('&') - token), .expires = link.expires};
  }

  support::World world_;
  int number_ = 0;
};

TEST_F(Delivery, a_public_image_is_there_for_ever) {
  const auto found = find(add());
  ASSERT_TRUE(found.has_value());
  EXPECT_FALSE(found->lifetime.has_value());
}

TEST_F(Delivery, an_image_is_found_under_its_canonical_path_only) {
  const auto image = add();
  const auto project = image.project.to_string();
  const auto id = image.id.to_string();
  for (const auto& file :
       {id + ".png", id + ".jpeg", id + ".JPG", id, id + ".jpg.jpg", std::string("x.jpg")}) {
    EXPECT_EQ(run(world_.delivery.find(project, file)).error().code, ErrorCode::ImageNotFound)
        << file;
  }
  const auto other = world_.build.id<domain::ProjectId>().to_string();
  EXPECT_EQ(run(world_.delivery.find(other, id + ".jpg")).error().code, ErrorCode::ImageNotFound);
}

TEST_F(Delivery, a_deleted_image_is_told_from_one_that_never_was) {
  const auto image = add();
  ASSERT_TRUE(run(world_.library.remove(world_.caller, image.id.to_string())).has_value());
  EXPECT_EQ(find(image).error().code, ErrorCode::ImageDeleted);
  EXPECT_EQ(open(image).error().code, ErrorCode::ImageDeleted);
}

TEST_F(Delivery, missing_bytes_of_a_live_image_are_the_servers_fault) {
  const auto image = add();
  run(world_.blobs.remove(ports::blob_of(image)));
  EXPECT_THROW(static_cast<void>(open(image)), base::Unavailable);
}

TEST_F(Delivery, an_expiring_image_is_there_to_its_last_second_and_then_expired) {
  const auto image = add({{"expires_in", "60"}});
  world_.clock.advance(seconds(59));
  EXPECT_EQ(find(image)->lifetime, seconds(1));
  world_.clock.advance(seconds(1));
  EXPECT_EQ(find(image).error().code, ErrorCode::ImageExpired);
  run(world_.janitor.sweep());
  EXPECT_TRUE(world_.blobs.keys().empty());
  EXPECT_EQ(find(image).error().code, ErrorCode::ImageExpired) << "after its bytes have gone too";
}

TEST_F(Delivery, an_image_that_was_deleted_before_its_time_stays_deleted) {
  const auto image = add({{"expires_in", "60"}});
  ASSERT_TRUE(run(world_.library.remove(world_.caller, image.id.to_string())).has_value());
  world_.clock.advance(seconds(100));
  EXPECT_EQ(find(image).error().code, ErrorCode::ImageDeleted);
}

TEST_F(Delivery, a_private_image_needs_its_link) {
  const auto image = add_private();
  EXPECT_EQ(find(image).error().code, ErrorCode::ImageNotFound);
  EXPECT_EQ(find_private(image, std::nullopt).error().code, ErrorCode::InvalidSignature);
  auto signature = sign(image, seconds(60));
  EXPECT_EQ(find_private(image, signature)->lifetime, seconds(60));
  signature.token.back() = signature.token.back() == 'A' ? 'E' : 'A';
  EXPECT_EQ(find_private(image, signature).error().code, ErrorCode::InvalidSignature);
}

TEST_F(Delivery, a_link_of_one_image_opens_no_other) {
  const auto mine = add_private();
  const auto other = add_private();
  EXPECT_EQ(find_private(other, sign(mine, seconds(60))).error().code, ErrorCode::InvalidSignature);
}

TEST_F(Delivery, a_link_works_to_its_last_second) {
  const auto image = add_private();
  const auto signature = sign(image, seconds(60));
  world_.clock.advance(seconds(59));
  EXPECT_EQ(find_private(image, signature)->lifetime, seconds(1));
  world_.clock.advance(seconds(1));
  EXPECT_EQ(find_private(image, signature).error().code, ErrorCode::LinkExpired);
}

TEST_F(Delivery, who_has_no_link_does_not_learn_whether_the_image_is_there) {
  const auto image = add_private();
  auto unknown = image;
  unknown.id = world_.build.id<domain::ImageId>();
  const Signature made_up{.token = "aaaaaaaa." + std::string(43, 'A'), .expires = 4'000'000'000};
  EXPECT_EQ(find_private(unknown, made_up).error().code, ErrorCode::InvalidSignature);
  EXPECT_EQ(find_private(image, made_up).error().code, ErrorCode::InvalidSignature);
  EXPECT_EQ(find_private(unknown, sign(unknown, seconds(60))).error().code,
            ErrorCode::ImageNotFound);
}

TEST_F(Delivery, a_public_image_is_not_below_the_private_path) {
  const auto image = add();
  EXPECT_EQ(find_private(image, sign(image, seconds(60))).error().code, ErrorCode::ImageNotFound);
}

TEST_F(Delivery, a_private_image_that_ends_before_its_link_lives_no_longer) {
  const auto image = add({{"visibility", "private"}, {"expires_in", "60"}});
  const auto signature = sign(image, seconds(3600));
  EXPECT_EQ(find_private(image, signature)->lifetime, seconds(60));
  world_.clock.advance(seconds(60));
  EXPECT_EQ(find_private(image, signature).error().code, ErrorCode::ImageExpired);
}

TEST_F(Delivery, an_account_over_its_bandwidth_sends_no_more_live_images) {
  world_.plans.set({.name = "free", .bandwidth_bytes_per_month = 100});
  const auto image = add();
  const auto test_image = world_.upload_as(world_.test_caller(), world_.photo(1))->image;
  EXPECT_TRUE(open(image).has_value());
  open(image)->meter->book(100);
  const auto refused = open(image);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::BandwidthQuotaExceeded);
  EXPECT_EQ(open(test_image)->meter, nullptr);
}

}  // namespace
}  // namespace pixelvault::services
