#include "load/client/request.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pixelvault::bench {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

const std::string kIdentity(Picture::kIdentity, '7');

class UploadRequest : public testing::Test {
 protected:
  std::string made(const Target& target) const {
    const auto request = make_request(target, picture_, kIdentity, "20130524T000000Z");
    return request.head + std::string(request.body) + std::string(request.tail);
  }

  std::string file() const { return Picture::head(kIdentity) + std::string(picture_.rest()); }

  static std::string body_of(const std::string& request) {
    return request.substr(request.find("\r\n\r\n") + 4);
  }

  static std::string length_of(const std::string& request) {
    return "Content-Length: " + std::to_string(body_of(request).size()) + "\r\n";
  }

  Picture picture_{2000};
};

TEST_F(UploadRequest, a_form_holds_the_picture_and_says_its_own_length) {
  const auto request = made({.host = "127.0.0.1:1", .path = "/v1/images", .headers = {"A: b"}});
  EXPECT_THAT(request, StartsWith("POST /v1/images HTTP/1.1\r\nHost: 127.0.0.1:1\r\n"));
  EXPECT_THAT(request, HasSubstr("\r\nA: b\r\n"));
  EXPECT_THAT(request, HasSubstr(length_of(request)));
  EXPECT_THAT(body_of(request), HasSubstr("name=\"file\""));
  EXPECT_THAT(request, EndsWith(file() + "\r\n------pixelvault-bench--\r\n"));
}

TEST_F(UploadRequest, a_put_has_a_path_of_its_own_and_the_picture_alone) {
  const auto request = made({.host = "h", .path = "/bucket", .shape = Shape::Put});
  EXPECT_THAT(request, StartsWith("PUT /bucket/" + kIdentity + ".jpg HTTP/1.1\r\n"));
  EXPECT_EQ(body_of(request), file());
  EXPECT_THAT(request, HasSubstr(length_of(request)));
}

TEST_F(UploadRequest, raw_bytes_are_posted_to_the_path_itself) {
  const auto request = made({.host = "h", .path = "/v1/images", .shape = Shape::Raw});
  EXPECT_THAT(request, StartsWith("POST /v1/images HTTP/1.1\r\n"));
  EXPECT_EQ(body_of(request), file());
}

// The signature was computed with another implementation of the published algorithm.
TEST_F(UploadRequest, an_s3_put_is_signed) {
  const S3Credentials credentials{.key = "AKIDEXAMPLE", .secret = "secret", .region = "eu-1"};
  EXPECT_EQ(sign_put(credentials, "127.0.0.1:9000", "/bucket/a.jpg", "20130524T000000Z"),
            "x-amz-content-sha256: UNSIGNED-PAYLOAD\r\n"
            "x-amz-date: 20130524T000000Z\r\n"
            "Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20130524/eu-1/s3/aws4_request, "
            "SignedHeaders=host;x-amz-content-sha256;x-amz-date, "
            "Signature=21fb972c07963d06591d3701e95728af8e4bd547b684f892c4f2678a7e628810\r\n");
  EXPECT_THAT(made({.host = "h", .path = "/b", .shape = Shape::Put, .s3 = credentials}),
              HasSubstr("AWS4-HMAC-SHA256"));
}

}  // namespace
}  // namespace pixelvault::bench
