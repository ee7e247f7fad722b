// Batches over stores in memory, with parts that a test writes down.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <string>
#include <vector>

#include "services/batch.hpp"
#include "support/builders.hpp"
#include "support/fake_blob_store.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_image_store.hpp"
#include "support/fake_random_source.hpp"
#include "support/run_task.hpp"
#include "unit/services/scripted_batch_form.hpp"

namespace pixelvault::services {

class BatchFixture : public testing::Test {
 protected:
  using ErrorCode = domain::ErrorCode;
  using ScriptedBatchForm = support::ScriptedBatchForm;
  using Parts = std::deque<ScriptedBatchForm::Scripted>;
  using Begin = BatchForm::Begin;
  using Bytes = ScriptedBatchForm::Bytes;
  using Own = BatchForm::Own;
  using Shared = BatchForm::Shared;

  static BatchForm::Part part(auto value) { return value; }

  domain::Result<Batch> accept_into(ports::ImageStore& images, ScriptedBatchForm& form,
                                    std::optional<std::string> key = {}) {
    Staging staging(blobs_, domain::ProbeLimits{});
    UploadService uploads({blobs_, images, clock_, random_, staging, plans_});
    BatchService batches({uploads, staging, plans_});
    return support::run(batches.accept(caller_, form, std::move(key)));
  }
  domain::Result<Batch> accept(Parts parts, std::optional<std::string> key = {}) {
    ScriptedBatchForm form(std::move(parts));
    return accept_into(images_, form, std::move(key));
  }
  /// The error of a batch that must store nothing.
  domain::Error refuse(Parts parts) {
    const auto batch = accept(std::move(parts));
    EXPECT_FALSE(batch.has_value());
    EXPECT_TRUE(images_.images().empty());
    EXPECT_TRUE(blobs_.keys().empty());
    EXPECT_EQ(blobs_.open_writers(), 0);
    return batch.has_value() ? domain::Error{.code = ErrorCode::Internal, .message = {}}
                             : batch.error();
  }

  /// Appends an image with these bytes.
  static void add(Parts& parts, const std::string& filename, const std::string& bytes) {
    parts.emplace_back(part(Begin{filename}));
    parts.emplace_back(Bytes{bytes});
  }
  Parts good(int count) const {
    Parts parts;
    for (int i = 0; i < count; ++i) add(parts, std::to_string(i) + ".svg", svg(i));
    return parts;
  }
  /// A small picture like no other.
  static std::string svg(int number) {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><!--" +
           std::to_string(number) + "--></svg>";
  }

  /// What became of each image: 201, 200, or the code's number negated.
  static std::vector<int> outcomes(const domain::Result<Batch>& batch) {
    std::vector<int> all;
    for (const auto& item : batch->items) {
      if (item.outcome) {
        all.push_back(item.outcome->replayed ? 200 : 201);
      } else {
        all.push_back(-static_cast<int>(item.outcome.error().code));
      }
    }
    return all;
  }
  static int failed(ErrorCode code) { return -static_cast<int>(code); }

  support::FakeBlobStore blobs_;
  support::FakeImageStore images_;
  support::FakeClock clock_;
  support::FakeRandomSource random_;
  support::Builders build_;
  domain::Plans plans_ = domain::Plans::shipped();
  domain::Caller caller_{.account = build_.id<domain::AccountId>(),
                         .project = build_.id<domain::ProjectId>(),
                         .key = build_.id<domain::KeyId>(),
                         .plan = "free"};
};

}  // namespace pixelvault::services
