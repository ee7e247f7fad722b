// What a project has: look at one image, page through all of them, delete.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/task.hpp"
#include "domain/account.hpp"
#include "domain/error.hpp"
#include "domain/image.hpp"
#include "ports/blob_store.hpp"
#include "ports/clock.hpp"
#include "ports/image_store.hpp"

namespace pixelvault::services {

class LibraryService {
 public:
  struct Dependencies {
    ports::ImageStore& images;
    ports::BlobStore& blobs;
    ports::Clock& clock;
  };

  struct PageRequest {
    std::uint32_t page = 1;                  ///< from 1; not with a cursor
    std::uint32_t per_page = 20;             ///< 1 to 100
    std::optional<std::string> cursor = {};  ///< a `next_cursor` of this project
    std::optional<std::string> folder = {};  ///< only images of exactly this folder
  };

  struct Page {
    std::vector<domain::Image> images;
    std::uint64_t total = 0;
    std::uint32_t page = 1;
    std::uint32_t per_page = 20;
    std::optional<std::string> next_cursor;
  };

  struct Deleted {
    domain::ImageId id;
    bool purged =
        false;  ///< whether its bytes are gone already; otherwise the janitor removes them
  };

  explicit LibraryService(Dependencies dependencies) : use_(dependencies) {}

  /// ImageNotFound for ids that are malformed, unknown, deleted, or of another project or
  /// environment.
  base::task<domain::Result<domain::Image>> get(domain::Caller caller, std::string_view id);

  /// Newest first. InvalidCursor for a cursor that this project did not get; InvalidRequest for the
  /// folder.
  base::task<domain::Result<Page>> list(domain::Caller caller, PageRequest request);

  /// Deleting what is deleted is the same answer again. ImageNotFound as for `get`.
  base::task<domain::Result<Deleted>> remove(domain::Caller caller, std::string_view id);

 private:
  Dependencies use_;
};

}  // namespace pixelvault::services
