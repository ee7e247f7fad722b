#include "adapters/sql/account_usage.hpp"

#include <algorithm>
#include <limits>
#include <string>

#include "adapters/sql/columns.hpp"
#include "domain/month.hpp"

#include "adapters/sql/rows.hpp"

namespace pixelvault::adapters::sql {

using soci::into;
using soci::use;

namespace {

using Limit = std::optional<std::uint64_t>;

constexpr long long kNoLimit = std::numeric_limits<long long>::max();

/// A limit as a statement compares with it.
long long to_bound(Limit limit) {
  return limit ? static_cast<long long>(std::min<std::uint64_t>(*limit, kNoLimit)) : kNoLimit;
}

/// What an image takes of its account as long as it lives.
struct Space {
  explicit Space(const domain::Image& image)
      : bytes(static_cast<long long>(image.size)),
        private_images(image.visibility == domain::Visibility::Private ? 1 : 0) {}

  long long bytes;
  long long private_images;
};

std::optional<std::string> find_account(Session& session, const domain::ProjectId& project) {
  const std::string id = project.to_string();
  std::string account;
  const bool found =
      run(session, "SELECT account_id FROM projects WHERE id = :project", use(id), into(account));
  return found ? std::optional(account) : std::nullopt;
}

/// False, and nothing is counted, when it does not fit.
bool reserve_space(Session& session, const std::string& account, Space space,
                   const domain::UploadLimits& limits) {
  const long long most_bytes = to_bound(limits.storage_bytes);
  // Somebody who has too many private images since a change of plan may still upload public ones.
  const long long most_private =
      space.private_images > 0 ? to_bound(limits.private_images) : kNoLimit;
  std::string counted;
  return run(session,
             "UPDATE account_usage SET storage_bytes = storage_bytes + :bytes, "
             "private_images = private_images + :private WHERE account_id = :account AND "
             "storage_bytes + :bytes <= :most_bytes AND "
             "private_images + :private <= :most_private RETURNING account_id",
             use(space.bytes, "bytes"), use(space.private_images, "private"),
             use(account, "account"), use(most_bytes, "most_bytes"),
             use(most_private, "most_private"), into(counted));
}

/// Which of the two `reserve_space` has refused for.
ports::OverQuota space_refusal(Session& session, const std::string& account, Space space,
                               const domain::UploadLimits& limits) {
  long long bytes = 0, private_images = 0;
  const bool found =
      run(session,
          "SELECT storage_bytes, private_images FROM account_usage WHERE account_id = :account",
          use(account), into(bytes), into(private_images));
  if (!found) expect_column(std::optional<int>(), "account_usage.account_id");
  if (bytes + space.bytes > to_bound(limits.storage_bytes)) {
    return {.quota = domain::Quota::Storage,
            .limit = limits.storage_bytes.value_or(0),
            .used = static_cast<std::uint64_t>(bytes)};
  }
  return {.quota = domain::Quota::PrivateImages,
          .limit = limits.private_images.value_or(0),
          .used = static_cast<std::uint64_t>(private_images)};
}

/// False, and nothing is counted, when the month has had all its uploads.
bool reserve_upload(Session& session, const std::string& account, const std::string& month,
                    Limit limit) {
  const long long most = to_bound(limit);
  if (most < 1) return false;  // the first upload of a month meets no condition
  std::string counted;
  return run(session,
             "INSERT INTO monthly_usage (account_id, month, uploads, bandwidth_bytes) "
             "VALUES (:account, :month, 1, 0) ON CONFLICT (account_id, month) DO UPDATE SET "
             "uploads = monthly_usage.uploads + 1 WHERE monthly_usage.uploads < :most "
             "RETURNING account_id",
             use(account), use(month), use(most), into(counted));
}

ports::OverQuota upload_refusal(Session& session, const std::string& account,
                                const std::string& month, Limit limit) {
  long long uploads = 0;
  run(session, "SELECT uploads FROM monthly_usage WHERE account_id = :account AND month = :month",
      use(account), use(month), into(uploads));
  return {.quota = domain::Quota::Uploads,
          .limit = limit.value_or(0),
          .used = static_cast<std::uint64_t>(uploads)};
}

}  // namespace

std::optional<ports::OverQuota> reserve(Session& session, const ports::NewImage& upload) {
  const auto& image = upload.image;
  const auto account = find_account(session, image.project);
  if (!account) return std::nullopt;
  const Space space(image);
  if (!reserve_space(session, *account, space, upload.limits)) {
    return space_refusal(session, *account, space, upload.limits);
  }
  if (image.environment == domain::Environment::Test) return std::nullopt;
  const std::string month = domain::month_of(image.created_at).name;
  if (reserve_upload(session, *account, month, upload.limits.uploads)) return std::nullopt;
  give_back(session, image);
  return upload_refusal(session, *account, month, upload.limits.uploads);
}

void give_back(Session& session, const domain::Image& image) {
  const std::string project = image.project.to_string();
  const Space space(image);
  run(session,
      "UPDATE account_usage SET storage_bytes = storage_bytes - :bytes, "
      "private_images = private_images - :private "
      "WHERE account_id = (SELECT account_id FROM projects WHERE id = :project)",
      use(space.bytes), use(space.private_images), use(project));
}

}  // namespace pixelvault::adapters::sql
