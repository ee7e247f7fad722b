#include "services/upload_options.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace pixelvault::services {
namespace {

using domain::ErrorCode;
using domain::Visibility;

/// The error of one field, which must have one.
domain::Error refuse(std::string_view name, std::string value) {
  UploadOptions options;
  const auto taken = set_option(options, name, std::move(value));
  EXPECT_FALSE(taken.has_value()) << name;
  return taken.has_value() ? domain::Error{ErrorCode::Internal, ""} : taken.error();
}

TEST(UploadOptions, are_public_and_unlimited_unless_they_say_otherwise) {
  const UploadOptions options;
  EXPECT_EQ(options.visibility, Visibility::Public);
  EXPECT_EQ(options.metadata, "{}");
  EXPECT_FALSE(options.expires_in.has_value());
  EXPECT_FALSE(options.filename.has_value());
  EXPECT_TRUE(check(options).has_value());
}

TEST(UploadOptions, every_field_is_kept) {
  UploadOptions options;
  for (const auto& [name, value] : {std::pair{"filename", "/tmp/x.jpg"},
                                    {"folder", "a/b"},
                                    {"metadata", R"({"k":"v"})"},
                                    {"visibility", "private"},
                                    {"expires_in", "60"},
                                    {"sign_expires_in", "2592000"},
                                    {"describe", "false"},
                                    {"unknown", "ignored"}}) {
    ASSERT_TRUE(set_option(options, name, value).has_value()) << name;
  }
  EXPECT_EQ(options.filename, "x.jpg");
  EXPECT_EQ(options.folder, "a/b");
  EXPECT_EQ(options.metadata, R"({"k":"v"})");
  EXPECT_EQ(options.visibility, Visibility::Private);
  EXPECT_EQ(options.expires_in, 60U);
  EXPECT_EQ(options.sign_expires_in, 2'592'000U);
  EXPECT_TRUE(check(options).has_value());
}

TEST(UploadOptions, lifetimes_have_two_bounds_and_are_whole_numbers) {
  for (const auto* name : {"expires_in", "sign_expires_in"}) {
    for (const auto* bad : {"59", "2592001", "", "-60", "+60", "60.0", "6e1", " 60", "60 ", "x",
                            "0", "99999999999999999999"}) {
      const auto error = refuse(name, bad);
      EXPECT_EQ(error.code, ErrorCode::InvalidRequest) << bad;
      EXPECT_EQ(error.param, name) << bad;
    }
  }
}

TEST(UploadOptions, wrong_values_name_their_field) {
  EXPECT_EQ(refuse("folder", "../up").param, "folder");
  for (const auto* bad : {"", "Public", "secret", "private "}) {
    EXPECT_EQ(refuse("visibility", bad).param, "visibility") << bad;
  }
}

TEST(UploadOptions, a_wish_for_a_description_is_told_that_there_is_none) {
  EXPECT_EQ(refuse("describe", "true").code, ErrorCode::NotSupported);
}

TEST(UploadOptions, a_link_of_a_public_image_is_refused_whatever_the_order) {
  const std::pair<std::string, std::string> fields[] = {{"visibility", "public"},
                                                        {"sign_expires_in", "60"}};
  for (const int first : {0, 1}) {
    UploadOptions options;
    for (const auto& [name, value] : {fields[first], fields[1 - first]}) {
      ASSERT_TRUE(set_option(options, name, value).has_value());
    }
    const auto checked = check(options);
    ASSERT_FALSE(checked.has_value());
    EXPECT_EQ(checked.error().param, "sign_expires_in");
  }
}

}  // namespace
}  // namespace pixelvault::services
