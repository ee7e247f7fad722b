// The small words of the product: formats, plans, ids, and the path of an image.
#include <gtest/gtest.h>

#include <set>

#include "domain/format.hpp"
#include "domain/ids.hpp"
#include "domain/image.hpp"

namespace pixelvault::domain {
namespace {

TEST(Format, every_extension_leads_back_to_its_format) {
  std::set<std::string_view> types;
  for (const auto format : kFormats) {
    EXPECT_EQ(format_of_extension(extension(format)), format);
    types.insert(media_type(format));
  }
  EXPECT_EQ(types, (std::set<std::string_view>{"image/jpeg", "image/png", "image/gif", "image/webp",
                                               "image/avif", "image/svg+xml"}));
}

TEST(Format, only_the_canonical_extensions_are_known) {
  for (const auto* other : {"jpeg", "JPG", ".jpg", "", "heic"}) {
    EXPECT_FALSE(format_of_extension(other).has_value()) << other;
  }
}

TEST(Ids, kinds_have_their_prefixes_and_refuse_each_other) {
  const auto id = ImageId::make(base::from_unix_millis(1), {});
  EXPECT_TRUE(id.to_string().starts_with("img_"));
  EXPECT_EQ(ImageId::parse(id.to_string()), id);
  EXPECT_FALSE(ProjectId::parse(id.to_string()).has_value());
  EXPECT_EQ(AccountId::prefix(), "acct");
  EXPECT_EQ(ProjectId::prefix(), "proj");
  EXPECT_EQ(KeyId::prefix(), "key");
}

TEST(Image, its_path_is_project_id_and_canonical_extension) {
  const auto now = base::from_unix_millis(1'700'000'000'000);
  const Image image{.id = ImageId::make(now, {1}),
                    .project = ProjectId::make(now, {2}),
                    .format = Format::Jpeg,
                    .facts = {},
                    .filename = "holiday.jpeg",
                    .folder = "ignored",
                    .created_at = now};
  EXPECT_EQ(image_path(image), image.project.to_string() + "/" + image.id.to_string() + ".jpg");
}

TEST(Image, is_found_by_its_path_alone) {
  const auto now = base::from_unix_millis(1'700'000'000'000);
  Image image{.id = ImageId::make(now, {1}),
              .project = ProjectId::make(now, {2}),
              .facts = {},
              .filename = "",
              .folder = "",
              .created_at = now};
  EXPECT_EQ(image_of_path(image_path(image)), image.id);
  image.visibility = Visibility::Private;
  EXPECT_EQ(image_of_path(image_path(image)), image.id);

  const auto id = image.id.to_string();
  for (const auto& other : {id + ".jpg", "proj_1/" + id, "proj_1/" + id + ".exe",
                            "proj_1/" + id + ".", "proj_1/" + id + ".jpg.part",
                            std::string("proj_1/img_1.jpg"), std::string("/"), std::string()}) {
    EXPECT_FALSE(image_of_path(other)) << other;
  }
}

}  // namespace
}  // namespace pixelvault::domain
