#include "services/upload.hpp"

#include <gtest/gtest.h>

#include <optional>

#include "domain/plan.hpp"
#include "support/builders.hpp"
#include "support/failing_blob_store.hpp"
#include "support/failing_image_store.hpp"
#include "support/fake_blob_store.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_image_store.hpp"
#include "support/fake_random_source.hpp"
#include "support/run_task.hpp"
#include "support/samples.hpp"
#include "unit/services/scripted_form.hpp"

namespace pixelvault::services {
namespace {

using domain::ErrorCode;
using support::ScriptedForm;
using FilePart = ScriptedForm::FilePart;
using Field = UploadForm::Field;

class Upload : public testing::Test {
 protected:
  UploadService service() { return service_over(blobs_, images_); }
  UploadService service_over(ports::BlobStore& blobs, ports::ImageStore& images) {
    staging_.emplace(blobs, domain::ProbeLimits{});
    return UploadService({blobs, images, clock_, random_, *staging_, plans_});
  }

  domain::Result<domain::Image> accept(ScriptedForm& form) {
    auto uploads = service();
    auto uploaded = support::run(uploads.accept(caller_, form, std::nullopt));
    if (!uploaded) return std::unexpected(uploaded.error());
    EXPECT_FALSE(uploaded->replayed);
    return uploaded->image;
  }

  ErrorCode refuse(ScriptedForm& form) {
    const auto result = accept(form);
    EXPECT_FALSE(result.has_value());
    EXPECT_TRUE(images_.images().empty());
    EXPECT_TRUE(blobs_.keys().empty());
    EXPECT_EQ(blobs_.open_writers(), 0);
    return result.has_value() ? ErrorCode::Internal : result.error().code;
  }

  support::FakeBlobStore blobs_;
  support::FakeImageStore images_;
  support::FakeClock clock_;
  support::FakeRandomSource random_;
  const domain::Plans plans_ = domain::Plans::shipped();
  std::optional<Staging> staging_;
  support::Builders build_;
  domain::Caller caller_{.account = build_.id<domain::AccountId>(),
                         .project = build_.id<domain::ProjectId>(),
                         .key = build_.id<domain::KeyId>(),
                         .plan = "free"};
  const std::string photo_ = support::read_sample("photo-progressive.jpg");
};

TEST_F(Upload, stores_the_bytes_under_the_path_of_the_row) {
  ScriptedForm form({FilePart{"fox.jpg", photo_}});
  const auto image = accept(form);
  ASSERT_TRUE(image.has_value());
  EXPECT_EQ(blobs_.bytes(domain::image_path(*image)), photo_);
  EXPECT_EQ(image->size, photo_.size());
  EXPECT_EQ(image->sha256, base::sha256(base::as_bytes(photo_)));
  EXPECT_EQ(image->facts.width, 1204U);
  EXPECT_EQ(image->filename, "fox.jpg");
  EXPECT_EQ(image->created_at, clock_.now());
  ASSERT_EQ(images_.images().size(), 1U);
  EXPECT_EQ(images_.images().front().id, image->id);
}

TEST_F(Upload, takes_fields_before_and_after_the_file) {
  ScriptedForm form({Field{"folder", "cats"}, FilePart{"a.jpg", photo_},
                     Field{"metadata", R"({"a":"b"})"}, Field{"unknown", "ignored"},
                     Field{"filename", "b.jpg"}});
  const auto image = accept(form);
  ASSERT_TRUE(image.has_value());
  EXPECT_EQ(image->folder, "cats");
  EXPECT_EQ(image->metadata, R"({"a":"b"})");
  EXPECT_EQ(image->filename, "b.jpg");
}

TEST_F(Upload, recognises_every_sample_in_portions_of_any_size) {
  for (const auto& sample : support::samples()) {
    for (const std::size_t chunk : {1UL, 4095UL, 4096UL, 4097UL, 1'000'000UL}) {
      caller_.project = build_.id<domain::ProjectId>();  // where the sample is new
      ScriptedForm form({FilePart{"x", support::read_sample(sample.name)}});
      form.chunk = chunk;
      const auto image = accept(form);
      ASSERT_TRUE(image.has_value()) << sample.name;
      EXPECT_EQ(image->format, sample.format) << sample.name;
      EXPECT_EQ(image->facts.frames, sample.frames) << sample.name;
      EXPECT_EQ(blobs_.bytes(domain::image_path(*image)), support::read_sample(sample.name));
    }
  }
}

TEST_F(Upload, refuses_a_declared_length_over_the_plan_before_a_byte_is_read) {
  ScriptedForm form({FilePart{"a.jpg", photo_}});
  form.declared = 5 * domain::kMegabyte + 1;
  EXPECT_EQ(refuse(form), ErrorCode::FileTooLarge);
  EXPECT_EQ(form.bytes_read, 0U);
}

TEST_F(Upload, refuses_an_undeclared_length_as_soon_as_it_passes_the_plan) {
  ScriptedForm form({FilePart{"a.jpg", photo_ + std::string(8 * domain::kMegabyte, 'x')}});
  EXPECT_EQ(refuse(form), ErrorCode::FileTooLarge);
  EXPECT_LE(form.bytes_read, 5 * domain::kMegabyte + form.chunk);
}

TEST_F(Upload, takes_a_file_of_exactly_the_plans_limit) {
  ScriptedForm form(
      {FilePart{"a.jpg", photo_ + std::string(5 * domain::kMegabyte - photo_.size(), 'x')}});
  form.declared = 5 * domain::kMegabyte;
  EXPECT_TRUE(accept(form).has_value());
}

TEST_F(Upload, refuses_a_foreign_type_from_its_first_four_kilobytes) {
  ScriptedForm form({FilePart{"a.png", "%PDF-1.7\n" + std::string(1'000'000, 'x')}});
  const auto result = accept(form);
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().code, ErrorCode::UnsupportedMediaType);
  EXPECT_EQ(result.error().detected_type, "application/pdf");
  EXPECT_LE(form.bytes_read, 4096 + form.chunk);
}

TEST_F(Upload, refuses_a_picture_cut_in_half) {
  ScriptedForm form({FilePart{"a.jpg", photo_.substr(0, photo_.size() / 2)}});
  EXPECT_EQ(refuse(form), ErrorCode::InvalidImage);
}

TEST_F(Upload, tells_an_empty_file_from_no_file) {
  ScriptedForm empty({FilePart{"a.jpg", ""}});
  EXPECT_EQ(refuse(empty), ErrorCode::EmptyFile);
  ScriptedForm none({Field{"folder", "cats"}});
  EXPECT_EQ(refuse(none), ErrorCode::NoFile);
}

TEST_F(Upload, refuses_a_second_file) {
  ScriptedForm form({FilePart{"a.jpg", photo_}, FilePart{"b.jpg", photo_}});
  EXPECT_EQ(refuse(form), ErrorCode::InvalidRequest);
}

TEST_F(Upload, refuses_fields_that_it_cannot_honour) {
  for (const auto& field : {Field{"folder", "../up"}, Field{"visibility", "secret"},
                            Field{"expires_in", "59"}, Field{"sign_expires_in", "3600"}}) {
    ScriptedForm form({FilePart{"a.jpg", photo_}, field});
    EXPECT_EQ(refuse(form), ErrorCode::InvalidRequest) << field.name;
  }
}

TEST_F(Upload, leaves_nothing_when_the_body_breaks) {
  for (const std::uint64_t point : {0ULL, 1000ULL, 5000ULL, 100'000ULL}) {
    ScriptedForm form({FilePart{"a.jpg", photo_}});
    form.breaks_after = point;
    EXPECT_EQ(refuse(form), ErrorCode::InvalidMultipart);
  }
}

TEST_F(Upload, leaves_nothing_visible_at_whatever_step_the_blob_store_fails) {
  for (std::uint64_t step = 1;; ++step) {
    support::FailingBlobStore failing(blobs_, {.on_call = step});
    ScriptedForm form({FilePart{"a.jpg", photo_}});
    auto uploads = service_over(failing, images_);
    try {
      const auto image = support::run(uploads.accept(caller_, form, std::nullopt));
      ASSERT_TRUE(image.has_value());
      EXPECT_GT(step, 3U) << "create, write and commit must each have failed once";
      break;
    } catch (const base::Unavailable&) {
      EXPECT_TRUE(images_.images().empty());
      EXPECT_EQ(blobs_.open_writers(), 0);
      EXPECT_TRUE(blobs_.keys().empty());
    }
  }
}

TEST_F(Upload, removes_the_blob_when_the_row_was_certainly_not_stored) {
  support::FailingImageStore failing(images_,
                                     {.on_call = 1, .kind = base::Unavailable::Kind::DiskFull});
  ScriptedForm form({FilePart{"a.jpg", photo_}});
  auto uploads = service_over(blobs_, failing);
  EXPECT_THROW(static_cast<void>(support::run(uploads.accept(caller_, form, std::nullopt))),
               base::Unavailable);
  EXPECT_TRUE(blobs_.keys().empty());
}

TEST_F(Upload, keeps_the_blob_when_the_row_may_have_been_stored) {
  support::FailingImageStore failing(
      images_, {.on_call = 1, .kind = base::Unavailable::Kind::Fail, .after_effect = true});
  ScriptedForm form({FilePart{"a.jpg", photo_}});
  auto uploads = service_over(blobs_, failing);
  EXPECT_THROW(static_cast<void>(support::run(uploads.accept(caller_, form, std::nullopt))),
               base::Unavailable);
  ASSERT_EQ(images_.images().size(), 1U);
  EXPECT_TRUE(blobs_.contains(domain::image_path(images_.images().front())));
}

}  // namespace
}  // namespace pixelvault::services
