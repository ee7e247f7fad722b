// What was just delivered is delivered again without asking, unless something has changed.
#include <gtest/gtest.h>

#include <unistd.h>

#include "api/delivery.hpp"
#include "unit/services/world.hpp"

namespace pixelvault::api {
namespace {

using domain::Result;
using support::run;

class DeliveryAgain : public testing::Test {
 protected:
  domain::Image add(std::vector<services::UploadForm::Field> fields = {}) {
    auto image = world_.upload(world_.photo(1), std::move(fields))->image;
    files_.put(ports::blob_of(image), world_.blobs.bytes(domain::image_path(image)));
    return image;
  }

  static http::Request request(const domain::Image& image,
                               http::Method method = http::Method::Get) {
    return {.method = method, .target = {.path = "/" + domain::image_path(image)}};
  }
  /// As the router would; what comes back keeps the file open, as a store does.
  Result<http::Response> deliver(const domain::Image& image) {
    auto get = request(image);
    get.notes.route = 7;
    return run(api_.deliver(get, {image.project.to_string(), image.id.to_string() + ".jpg"}));
  }
  bool is_answered(const domain::Image& image, http::Method method = http::Method::Get) {
    auto again = request(image, method);
    return api_.deliver_again(again).has_value();
  }
  static std::string bytes(const http::Response& response) {
    const auto& body = std::get<http::StreamedBody>(response.body);
    const auto& region = std::get<base::FileRegion>(body.source);
    std::string text(region.length, '\0');
    const auto read =
        ::pread(region.file->get(), text.data(), text.size(), static_cast<off_t>(region.offset));
    EXPECT_EQ(read, static_cast<ssize_t>(text.size()));
    EXPECT_EQ(body.length, region.length);
    return text;
  }

  support::World world_;
  support::FakeBlobStore files_{{.bodies = support::FakeBlobStore::Bodies::Regions}};
  services::DeliveryService service_{
      {world_.record_cache, files_, world_.clock, world_.links, world_.bandwidth}};
  DeliveryApi api_{service_};
};

TEST_F(DeliveryAgain, the_second_answer_is_the_first_one) {
  const auto image = add();
  EXPECT_FALSE(is_answered(image));
  const auto first = deliver(image);
  auto again = request(image);
  auto second = api_.deliver_again(again);
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(again.notes.route, 7U);
  EXPECT_EQ(second->status, 200U);
  EXPECT_EQ(*second->shared_fields, *first->shared_fields);
  EXPECT_EQ(second->fields, first->fields);
  EXPECT_EQ(bytes(*second), world_.photo(1));
  second->on_sent(10);
  EXPECT_EQ(world_.bandwidth.meter(image.project)->booked(), 10U);
}

TEST_F(DeliveryAgain, conditions_and_ranges_are_heard) {
  const auto image = add();
  const auto first = deliver(image);
  auto part = request(image);
  part.fields = {{"range", "bytes=5-8"}};
  const auto some = api_.deliver_again(part);
  ASSERT_TRUE(some.has_value());
  EXPECT_EQ(some->status, 206U);
  EXPECT_EQ(bytes(*some), world_.photo(1).substr(5, 4));

  auto known = request(image);
  known.fields = {{"If-None-Match", "*"}};
  EXPECT_EQ(api_.deliver_again(known)->status, 304U);
  auto beyond = request(image);
  beyond.fields = {{"Range", "bytes=99999999-"}};
  EXPECT_FALSE(api_.deliver_again(beyond).has_value()) << "errors take the long way";
}

TEST_F(DeliveryAgain, a_first_answer_about_a_part_is_as_good) {
  const auto image = add();
  auto part = request(image);
  part.fields = {{"Range", "bytes=100-"}};
  const auto file = image.id.to_string() + ".jpg";
  const auto first = run(api_.deliver(part, {image.project.to_string(), file}));
  ASSERT_EQ(first->status, 206U);
  auto whole = request(image);
  const auto second = api_.deliver_again(whole);
  // The fake makes a file of the part alone: where the whole begins is told by arithmetic.
  ASSERT_TRUE(second.has_value());
  const auto& region =
      std::get<base::FileRegion>(std::get<http::StreamedBody>(second->body).source);
  const auto& cut = std::get<base::FileRegion>(std::get<http::StreamedBody>(first->body).source);
  EXPECT_EQ(region.offset, cut.offset - 100);
  EXPECT_EQ(region.length, image.size);
}

TEST_F(DeliveryAgain, any_change_of_any_image_ends_it) {
  const auto image = add();
  const auto first = deliver(image);
  ASSERT_TRUE(is_answered(image));
  world_.record_cache.forget(image.project, world_.build.id<domain::ImageId>());
  EXPECT_FALSE(is_answered(image));
}

TEST_F(DeliveryAgain, a_deleted_image_is_gone_at_once) {
  const auto image = add();
  const auto first = deliver(image);
  ASSERT_TRUE(is_answered(image));
  ASSERT_TRUE(run(world_.library.remove(world_.caller, image.id.to_string())).has_value());
  EXPECT_FALSE(is_answered(image));
}

TEST_F(DeliveryAgain, it_lasts_a_second) {
  const auto image = add();
  const auto first = deliver(image);
  world_.clock.advance(std::chrono::milliseconds(999));
  EXPECT_TRUE(is_answered(image));
  world_.clock.advance(std::chrono::milliseconds(1));
  EXPECT_FALSE(is_answered(image));
  world_.clock.advance(std::chrono::seconds(-10));
  EXPECT_FALSE(is_answered(image)) << "somebody has set the clock";
}

TEST_F(DeliveryAgain, a_file_that_its_store_has_closed_is_not_kept_open) {
  const auto image = add();
  {
    const auto first = deliver(image);
  }
  EXPECT_FALSE(is_answered(image));
}

TEST_F(DeliveryAgain, over_the_bandwidth_the_long_way_says_so) {
  world_.plans.set({.name = "free", .bandwidth_bytes_per_month = 10});
  const auto image = add();
  auto first = deliver(image);
  ASSERT_TRUE(is_answered(image));
  first->on_sent(10);
  EXPECT_FALSE(is_answered(image));
}

TEST_F(DeliveryAgain, heads_and_images_with_an_end_take_the_long_way) {
  const auto image = add();
  const auto first = deliver(image);
  EXPECT_FALSE(is_answered(image, http::Method::Head));
  const auto brief = add({{"expires_in", "3600"}});
  const auto once = deliver(brief);
  ASSERT_TRUE(once.has_value());
  EXPECT_FALSE(is_answered(brief));
}

}  // namespace
}  // namespace pixelvault::api
