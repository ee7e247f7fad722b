// What the suites of the image store share.
#pragma once

#include <string>
#include <vector>

#include "ports/record_fixture.hpp"

namespace pixelvault::port_suites {

template <class Backend>
class ImageStoreTest : public RecordTest<Backend> {
 protected:
  ports::ImageStore& store() { return this->images(); }

  ports::InsertOutcome try_insert(ports::NewImage upload) {
    return support::run(store().insert(std::move(upload)));
  }
  domain::Image insert(domain::Image image) {
    EXPECT_TRUE(std::holds_alternative<ports::Stored>(try_insert(this->make_.upload(image))));
    return image;
  }
  /// A new image in `folder`, stored.
  domain::Image insert_in(const std::string& folder) {
    auto image = this->make_.image(project_);
    image.folder = folder;
    return insert(std::move(image));
  }
  std::optional<domain::Image> find(const domain::Image& image) {
    return support::run(store().find(image.project, image.id));
  }
  ports::ImagePage list(ports::ImageQuery query) {
    return support::run(store().list(std::move(query)));
  }
  std::optional<domain::Image> update(const domain::Image& image, ports::ImageChanges changes,
                                      base::Timestamp now) {
    return support::run(
        store().update(image.project, image.environment, image.id, std::move(changes), now));
  }
  std::optional<domain::Image> remove(const domain::Image& image, base::Timestamp now) {
    return support::run(store().mark_deleted(image.project, image.environment, image.id, now));
  }
  /// The keys of the blobs that were leased.
  std::vector<std::string> lease(base::Timestamp now, base::Timestamp until,
                                 std::uint32_t limit = 100) {
    std::vector<std::string> keys;
    for (auto& blob : support::run(this->upkeep().lease_removals(now, until, limit))) {
      keys.push_back(std::move(blob.key));
    }
    return keys;
  }
  void finish_removal(const domain::Image& image) {
    auto blob = ports::blob_of(image);
    support::run(this->upkeep().finish_removal(std::move(blob)));
  }

  // Projects that nobody has stored: their images belong to no account and count nowhere.
  const domain::ProjectId project_ = this->make_.template id<domain::ProjectId>();
  const domain::ProjectId other_project_ = this->make_.template id<domain::ProjectId>();
};

/// The ids of a page, for comparing.
inline std::vector<std::string> ids(const std::vector<domain::Image>& images) {
  std::vector<std::string> result;
  for (const auto& image : images) result.push_back(image.id.to_string());
  return result;
}

}  // namespace pixelvault::port_suites
