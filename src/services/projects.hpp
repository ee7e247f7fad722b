// The projects of an account, as its sessions see them: made within the plan, renamed, and deleted
// with their images. Any thread may call.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/task.hpp"
#include "domain/account.hpp"
#include "domain/error.hpp"
#include "domain/plan.hpp"
#include "ports/clock.hpp"
#include "ports/image_upkeep.hpp"
#include "ports/project_store.hpp"
#include "ports/random_source.hpp"
#include "services/authentication.hpp"
#include "services/record_cache.hpp"

namespace pixelvault::services {

class ProjectService {
 public:
  struct Dependencies {
    ports::ProjectStore& projects;
    ports::ImageUpkeep& images;
    ports::Clock& clock;
    ports::RandomSource& random;
    Authentication& authentication;
    RecordCache& records;
  };

  struct Deleted {
    domain::ProjectId id;
    bool emptied = false;  ///< otherwise the janitor removes the rest of its images
  };

  /// `plans` outlives this service.
  ProjectService(Dependencies dependencies, const domain::Plans& plans)
      : use_(dependencies), plans_(plans) {}

  /// Oldest first.
  base::task<std::vector<domain::Project>> list(const domain::SessionCaller& caller);

  /// InvalidRequest (name) or ProjectQuotaExceeded.
  base::task<domain::Result<domain::Project>> create(domain::SessionCaller caller,
                                                     std::string name);

  /// `id` is what stood in the URL. ProjectNotFound, also for another account's project.
  base::task<domain::Result<domain::Project>> get(domain::SessionCaller caller,
                                                  std::string_view id);

  /// ProjectNotFound or InvalidRequest (name).
  base::task<domain::Result<domain::Project>> rename(domain::SessionCaller caller,
                                                     std::string_view id, std::string name);

  /// From its answer on neither the project nor its keys nor its images are there. ProjectNotFound,
  /// or InvalidRequest (confirm) when `confirmed_name` is not the project's name.
  base::task<domain::Result<Deleted>> remove(domain::SessionCaller caller, std::string_view id,
                                             std::string confirmed_name);

 private:
  base::task<bool> empty(domain::ProjectId project);

  Dependencies use_;
  const domain::Plans& plans_;
};

/// `text` as an id of a project, or ProjectNotFound: what cannot be an id is nobody's.
domain::Result<domain::ProjectId> parse_project_id(std::string_view text);

std::unexpected<domain::Error> project_not_found();

}  // namespace pixelvault::services
