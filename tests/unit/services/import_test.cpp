#include "services/import.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/builders.hpp"
#include "support/fake_blob_store.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_http_fetcher.hpp"
#include "support/fake_image_store.hpp"
#include "support/fake_random_source.hpp"
#include "support/run_task.hpp"
#include "support/samples.hpp"

namespace pixelvault::services {
namespace {

using domain::ErrorCode;

class Import : public testing::Test {
 protected:
  domain::Result<Uploaded> import(ImportRequest request, std::optional<std::string> key = {}) {
    ImportService service({web_, uploads_, staging_, plans_, enabled_});
    return support::run(service.import(caller_, std::move(request), std::move(key)));
  }

  domain::Error refuse(const std::string& url, UploadOptions options = {}) {
    const auto result = import({.url = url, .options = std::move(options)});
    EXPECT_FALSE(result.has_value());
    EXPECT_TRUE(images_.images().empty());
    EXPECT_TRUE(blobs_.keys().empty());
    EXPECT_EQ(blobs_.open_writers(), 0);
    return result.has_value() ? domain::Error{.code = ErrorCode::Internal, .message = ""}
                              : result.error();
  }

  support::FakeBlobStore blobs_;
  support::FakeImageStore images_;
  support::FakeClock clock_;
  support::FakeRandomSource random_;
  support::FakeHttpFetcher web_;
  support::Builders build_;
  domain::Plans plans_ = domain::Plans::shipped();
  Staging staging_{blobs_, {}};
  UploadService uploads_{{blobs_, images_, clock_, random_, staging_, plans_}};
  bool enabled_ = true;
  domain::Caller caller_{.account = build_.id<domain::AccountId>(),
                         .project = build_.id<domain::ProjectId>(),
                         .key = build_.id<domain::KeyId>(),
                         .plan = "free"};
  const std::string photo_ = support::read_sample("photo-progressive.jpg");
  const std::string url_ = "https://example.com/pics/my%20cat.jpg?size=1#x";
};

TEST_F(Import, stores_what_the_url_leads_to) {
  web_.body = photo_;
  const auto imported = import({.url = url_, .options = {.folder = "cats"}});
  ASSERT_TRUE(imported.has_value()) << imported.error().message;
  EXPECT_EQ(imported->image.size, photo_.size());
  EXPECT_EQ(imported->image.sha256, base::sha256(base::as_bytes(photo_)));
  EXPECT_EQ(imported->image.folder, "cats");
  EXPECT_EQ(imported->image.filename, "my cat.jpg");
  EXPECT_EQ(web_.asked, std::vector<std::string>{"https://example.com/pics/my%20cat.jpg?size=1"});
  EXPECT_EQ(blobs_.keys().size(), 1U);
}

TEST_F(Import, the_trace_of_the_request_goes_along) {
  web_.body = photo_;
  const domain::TraceContext trace{.trace_id = "4bf9", .parent_id = "00f0", .sampled = true};
  import({.url = url_, .trace = trace});
  import({.url = url_});
  EXPECT_EQ(web_.traces, (std::vector<std::optional<domain::TraceContext>>{trace, {}}));
}

TEST_F(Import, a_filename_that_was_given_wins) {
  web_.body = photo_;
  const auto imported = import({.url = url_, .options = {.filename = "dog.jpg"}});
  EXPECT_EQ(imported.value().image.filename, "dog.jpg");
}

TEST_F(Import, that_is_switched_off_fetches_nothing) {
  enabled_ = false;
  EXPECT_EQ(refuse(url_).code, ErrorCode::NotSupported);
  EXPECT_TRUE(web_.asked.empty());
}

TEST_F(Import, a_wrong_request_fetches_nothing) {
  const auto malformed = refuse("ftp://example.com/x");
  EXPECT_EQ(malformed.code, ErrorCode::InvalidRequest);
  EXPECT_EQ(malformed.param, "url");
  EXPECT_EQ(refuse(url_, {.sign_expires_in = 60}).param, "sign_expires_in");
  EXPECT_TRUE(web_.asked.empty());
}

TEST_F(Import, says_why_nothing_came) {
  web_.refusal = domain::Error{.code = ErrorCode::ImportFailed, .message = "status 404"};
  EXPECT_EQ(refuse(url_).message, "status 404");
}

TEST_F(Import, a_declared_size_over_the_plan_is_refused_unread) {
  web_.body = photo_;
  web_.length = 5 * domain::kMegabyte + 1;
  const auto error = refuse(url_);
  EXPECT_EQ(error.code, ErrorCode::FileTooLarge);
  EXPECT_EQ(error.limit, 5 * domain::kMegabyte);
  EXPECT_EQ(error.actual, 5 * domain::kMegabyte + 1);
  EXPECT_EQ(web_.bytes_read, 0U);
}

TEST_F(Import, a_size_over_the_plan_is_refused_while_it_streams) {
  web_.body = photo_ + std::string(20 * domain::kMegabyte, 'x');
  EXPECT_EQ(refuse(url_).code, ErrorCode::FileTooLarge);
  EXPECT_LE(web_.bytes_read, 5 * domain::kMegabyte + 1000);
}

TEST_F(Import, a_transfer_that_breaks_leaves_nothing) {
  web_.body = photo_;
  web_.breaks = domain::Error{.code = ErrorCode::ImportFailed, .message = "broke"};
  EXPECT_EQ(refuse(url_).message, "broke");
}

TEST_F(Import, what_is_no_picture_is_refused_as_an_upload_is) {
  web_.body = "<!DOCTYPE html><html></html>";
  EXPECT_EQ(refuse(url_).code, ErrorCode::UnsupportedMediaType);
  web_.body = "";
  const auto empty = refuse(url_);
  EXPECT_EQ(empty.code, ErrorCode::ImportFailed);
  EXPECT_EQ(empty.param, "url");
}

TEST_F(Import, a_retry_with_its_key_is_the_same_image) {
  web_.body = photo_;
  const auto first = import({.url = url_}, "key-1").value();
  const auto second = import({.url = url_}, "key-1").value();
  EXPECT_TRUE(second.replayed);
  EXPECT_EQ(second.image.id, first.image.id);
  EXPECT_NE(import({.url = url_}, "key-2").value().image.id, first.image.id);
}

TEST_F(Import, a_key_is_bound_to_the_bytes_that_were_fetched) {
  web_.body = photo_;
  ASSERT_TRUE(import({.url = url_}, "key-1").has_value());
  web_.body = support::read_sample("photo-lossy.webp");
  const auto other = import({.url = url_}, "key-1");
  ASSERT_FALSE(other.has_value());
  EXPECT_EQ(other.error().code, ErrorCode::IdempotencyKeyReused);
}

}  // namespace
}  // namespace pixelvault::services
