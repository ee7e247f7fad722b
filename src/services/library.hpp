// What a project has: look at one image, page through all of them, change, share, delete. Any
// thread may call.
#pragma once

#include <chrono>
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
#include "ports/image_upkeep.hpp"
#include "services/links.hpp"
#include "services/record_cache.hpp"

namespace pixelvault::services {

class LibraryService {
 public:
  struct Dependencies {
    ports::ImageStore& images;
    ports::ImageUpkeep& upkeep;
    ports::BlobStore& blobs;
    ports::Clock& clock;
    Links& links;
    RecordCache& records;
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

  /// What is absent stays as it is.
  struct Changes {
    std::optional<std::string> folder = {};
    std::optional<std::string> filename = {};
    std::optional<std::string> metadata = {};  ///< a JSON object of strings, in its shortest form
  };

  struct Deleted {
    domain::ImageId id;
    bool purged =
        false;  ///< whether its bytes are gone already; otherwise the janitor removes them
  };

  explicit LibraryService(Dependencies dependencies) : use_(dependencies) {}

  /// ImageNotFound for ids that are malformed, unknown, deleted, expired, or of another project or
  /// environment.
  base::task<domain::Result<domain::Image>> get(domain::Caller caller, std::string_view id);

  /// Newest first. InvalidCursor for a cursor that this project did not get; InvalidRequest for the
  /// folder.
  base::task<domain::Result<Page>> list(domain::Caller caller, PageRequest request);

  /// The image with its changes. InvalidRequest for the folder; ImageNotFound as for `get`.
  base::task<domain::Result<domain::Image>> update(domain::Caller caller, std::string_view id,
                                                   Changes changes);

  /// A link to a private image. InvalidRequest for a public one, whose URL needs none;
  /// ImageNotFound as for `get`.
  base::task<domain::Result<SignedLink>> sign(domain::Caller caller, std::string_view id,
                                              std::chrono::seconds lifetime);

  /// Deleting what is deleted is the same answer again. ImageNotFound as for `get`.
  base::task<domain::Result<Deleted>> remove(domain::Caller caller, std::string_view id);

 private:
  Dependencies use_;
};

}  // namespace pixelvault::services
