// What the two suites of the image store share.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ports/backends.hpp"
#include "support/builders.hpp"
#include "support/run_task.hpp"

namespace pixelvault::port_suites {

template <class Backend>
class ImageStoreTest : public testing::Test {
 protected:
  ports::ImageStore& store() { return backend_.get(); }

  domain::Image insert(domain::Image image) {
    support::run(store().insert(image));
    return image;
  }
  /// A new image in `folder`, stored.
  domain::Image insert_in(const std::string& folder) {
    auto image = make_.image(project_);
    image.folder = folder;
    return insert(std::move(image));
  }
  std::optional<domain::Image> find(const domain::Image& image) {
    return support::run(store().find(image.project, image.id));
  }
  ports::ImagePage list(ports::ImageQuery query) {
    return support::run(store().list(std::move(query)));
  }
  std::optional<domain::Image> remove(const domain::Image& image, base::Timestamp now) {
    return support::run(store().mark_deleted(image.project, image.environment, image.id, now));
  }
  std::vector<std::string> lease(base::Timestamp now, base::Timestamp until,
                                 std::uint32_t limit = 100) {
    return support::run(store().lease_removals(now, until, limit));
  }

  static base::Timestamp at(int seconds) {
    return support::FakeClock().now() + std::chrono::seconds(seconds);
  }

  Backend backend_;
  support::Builders make_;
  const domain::ProjectId project_ = make_.id<domain::ProjectId>();
  const domain::ProjectId other_project_ = make_.id<domain::ProjectId>();
};

using ImageBackends =
    testing::Types<Sql<adapters::sql::SqlImageStore>, Fake<support::FakeImageStore>>;

/// The ids of a page, for comparing.
inline std::vector<std::string> ids(const std::vector<domain::Image>& images) {
  std::vector<std::string> result;
  for (const auto& image : images) result.push_back(image.id.to_string());
  return result;
}

}  // namespace pixelvault::port_suites
