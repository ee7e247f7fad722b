#include "adapters/sql/export_row.hpp"

#include <array>
#include <optional>
#include <utility>

#include "adapters/sql/columns.hpp"

namespace pixelvault::adapters::sql {

using domain::ExportStatus;
using soci::into;

namespace {

constexpr std::array<std::pair<ExportStatus, std::string_view>, 5> kStatuses = {{
    {ExportStatus::Pending, "pending"},
    {ExportStatus::Processing, "processing"},
    {ExportStatus::Complete, "complete"},
    {ExportStatus::Failed, "failed"},
    {ExportStatus::Expired, "expired"},
}};

std::string to_column(ExportStatus status) {
  for (const auto& [known, name] : kStatuses) {
    if (known == status) return std::string(name);
  }
  std::unreachable();
}

ExportStatus to_status(std::string_view text) {
  for (const auto& [known, name] : kStatuses) {
    if (name == text) return known;
  }
  return expect_column(std::optional<ExportStatus>(), "status");
}

bool is_running(ExportStatus status) {
  return status == ExportStatus::Pending || status == ExportStatus::Processing;
}

}  // namespace

ExportRow to_row(const domain::Export& job) {
  return {.id = job.id.to_string(),
          .project = job.project.to_string(),
          .environment = to_column(job.environment),
          .status = to_column(job.status),
          .error = job.error,
          .running = is_running(job.status) ? 1 : 0,
          .image_count = static_cast<long long>(job.image_count),
          .processed_count = static_cast<long long>(job.processed_count),
          .bytes = static_cast<long long>(job.bytes),
          .created_at = base::to_unix_millis(job.created_at),
          .expires_at = base::to_unix_millis(job.expires_at)};
}

domain::Export to_export(const ExportRow& row) {
  return {.id = to_id<domain::ExportId>(row.id),
          .project = to_id<domain::ProjectId>(row.project),
          .environment = to_environment(row.environment),
          .status = to_status(row.status),
          .image_count = static_cast<std::uint64_t>(row.image_count),
          .processed_count = static_cast<std::uint64_t>(row.processed_count),
          .bytes = static_cast<std::uint64_t>(row.bytes),
          .created_at = base::from_unix_millis(row.created_at),
          .expires_at = base::from_unix_millis(row.expires_at),
          .error = row.error};
}

void read_into(soci::statement& statement, ExportRow& row) {
  statement.exchange(into(row.id));
  statement.exchange(into(row.project));
  statement.exchange(into(row.environment));
  statement.exchange(into(row.status));
  statement.exchange(into(row.error));
  statement.exchange(into(row.running));
  statement.exchange(into(row.image_count));
  statement.exchange(into(row.processed_count));
  statement.exchange(into(row.bytes));
  statement.exchange(into(row.created_at));
  statement.exchange(into(row.expires_at));
}

}  // namespace pixelvault::adapters::sql
