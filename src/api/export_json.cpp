#include "api/export_json.hpp"

#include <boost/json.hpp>
#include <utility>

#include "api/json_body.hpp"
#include "base/encoding.hpp"
#include "base/time.hpp"

namespace pixelvault::api {

namespace json = boost::json;
using domain::ExportStatus;

namespace {

std::string_view status_name(ExportStatus status) {
  switch (status) {
    case ExportStatus::Pending:
      return "pending";
    case ExportStatus::Processing:
      return "processing";
    case ExportStatus::Complete:
      return "complete";
    case ExportStatus::Failed:
      return "failed";
    case ExportStatus::Expired:
      return "expired";
  }
  std::unreachable();
}

std::string job_path(const domain::Export& job) { return "/v1/export-jobs/" + job.id.to_string(); }

json::object manifest_entry(const domain::Image& image, std::string_view file) {
  return {
      {"id", image.id.to_string()},
      {"file", file},
      {"filename", image.filename},
      {"folder", image.folder},
      {"mime_type", domain::media_type(image.format)},
      {"size", image.size},
      {"sha256", base::to_hex(image.sha256)},
      {"width", image.facts.width},
      {"height", image.facts.height},
      {"frames", image.facts.frames},
      {"visibility", image.visibility == domain::Visibility::Private ? "private" : "public"},
      {"metadata", json::parse(image.metadata)},
      {"created_at", base::to_rfc3339(image.created_at)},
      {"expires_at", time_or_null(image.expires_at)},
  };
}

}  // namespace

json::object started_export_json(const domain::Export& job) {
  return {{"job_id", job.id.to_string()},
          {"status", status_name(job.status)},
          {"image_count", job.image_count},
          {"status_url", job_path(job)}};
}

json::object export_json(const domain::Export& job) {
  json::object body{{"id", job.id.to_string()},
                    {"status", status_name(job.status)},
                    {"image_count", job.image_count},
                    {"processed_count", job.processed_count},
                    {"bytes", job.bytes},
                    {"created_at", base::to_rfc3339(job.created_at)},
                    {"expires_at", base::to_rfc3339(job.expires_at)}};
  if (job.status == ExportStatus::Complete) body["download_url"] = job_path(job) + "/download";
  if (job.status == ExportStatus::Failed) body["error"] = job.error;
  return body;
}

std::string JsonManifest::begin(const domain::Export& job) {
  auto head =
      json::serialize(json::object{{"version", 1},
                                   {"export_id", job.id.to_string()},
                                   {"project", job.project.to_string()},
                                   {"environment", domain::environment_name(job.environment)},
                                   {"created_at", base::to_rfc3339(job.created_at)}});
  head.back() = ',';  // instead of the brace that closes it
  return head + "\"images\":[";
}

std::string JsonManifest::add(const domain::Image& image, std::string_view file) {
  const std::string_view separator = std::exchange(empty_, false) ? "\n" : ",\n";
  return std::string(separator) + json::serialize(manifest_entry(image, file));
}

std::string JsonManifest::end() { return "\n]}\n"; }

}  // namespace pixelvault::api
