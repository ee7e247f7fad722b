#include "adapters/sql/image_totals.hpp"

#include "adapters/sql/rows.hpp"

namespace pixelvault::adapters::sql {

using soci::into;
using soci::use;

namespace {

void add(Session& session, const ImageRow& image, long long images, long long bytes) {
  run(session,
      "INSERT INTO image_totals (project_id, environment, scope, folder, images, bytes) "
      "VALUES (:project, :environment, 'all', '', :images, :bytes), "
      "(:project, :environment, 'folder', :folder, :images, :bytes) "
      "ON CONFLICT (project_id, environment, scope, folder) DO UPDATE SET "
      "images = image_totals.images + excluded.images, "
      "bytes = image_totals.bytes + excluded.bytes",
      use(image.project, "project"), use(image.environment, "environment"), use(images, "images"),
      use(bytes, "bytes"), use(image.folder, "folder"));
}

}  // namespace

void count_in(Session& session, const ImageRow& image) { add(session, image, 1, image.size); }

void count_out(Session& session, const ImageRow& image) { add(session, image, -1, -image.size); }

std::uint64_t count_images(Session& session, const std::string& project,
                           const std::string& environment,
                           const std::optional<std::string>& folder) {
  const std::string scope = folder ? "folder" : "all";
  const std::string name = folder.value_or("");
  long long images = 0;
  run(session,
      "SELECT images FROM image_totals WHERE project_id = :project AND "
      "environment = :environment AND scope = :scope AND folder = :folder",
      use(project), use(environment), use(scope), use(name), into(images));
  return static_cast<std::uint64_t>(images);
}

}  // namespace pixelvault::adapters::sql
