#include "api/problem.hpp"

#include <array>
#include <boost/json.hpp>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>

#include "domain/format.hpp"
#include "domain/utf8.hpp"

namespace pixelvault::api {

using domain::ErrorCode;
namespace json = boost::json;

namespace {

struct Entry {
  ErrorCode code;
  std::string_view name;
  unsigned status;
};

constexpr std::array kEntries = {
    Entry{ErrorCode::InvalidJson, "invalid_json", 400},
    Entry{ErrorCode::InvalidRequest, "invalid_request", 400},
    Entry{ErrorCode::InvalidMultipart, "invalid_multipart", 400},
    Entry{ErrorCode::NoFile, "no_file", 400},
    Entry{ErrorCode::EmptyFile, "empty_file", 400},
    Entry{ErrorCode::InvalidCursor, "invalid_cursor", 400},
    Entry{ErrorCode::Unauthorized, "unauthorized", 401},
    Entry{ErrorCode::StorageQuotaExceeded, "storage_quota_exceeded", 402},
    Entry{ErrorCode::UploadQuotaExceeded, "upload_quota_exceeded", 402},
    Entry{ErrorCode::BandwidthQuotaExceeded, "bandwidth_quota_exceeded", 402},
    Entry{ErrorCode::PrivateQuotaExceeded, "private_quota_exceeded", 402},
    Entry{ErrorCode::ProjectQuotaExceeded, "project_quota_exceeded", 402},
    Entry{ErrorCode::Forbidden, "forbidden", 403},
    Entry{ErrorCode::InvalidSignature, "invalid_signature", 403},
    Entry{ErrorCode::LinkExpired, "link_expired", 403},
    Entry{ErrorCode::NotFound, "not_found", 404},
    Entry{ErrorCode::ImageNotFound, "image_not_found", 404},
    Entry{ErrorCode::ProjectNotFound, "project_not_found", 404},
    Entry{ErrorCode::KeyNotFound, "key_not_found", 404},
    Entry{ErrorCode::ExportNotFound, "export_not_found", 404},
    Entry{ErrorCode::MethodNotAllowed, "method_not_allowed", 405},
    Entry{ErrorCode::RequestTimeout, "request_timeout", 408},
    Entry{ErrorCode::EmailTaken, "email_taken", 409},
    Entry{ErrorCode::IdempotencyInProgress, "idempotency_in_progress", 409},
    Entry{ErrorCode::ExportInProgress, "export_in_progress", 409},
    Entry{ErrorCode::ExportNotReady, "export_not_ready", 409},
    Entry{ErrorCode::ImageDeleted, "image_deleted", 410},
    Entry{ErrorCode::ImageExpired, "image_expired", 410},
    Entry{ErrorCode::ExportExpired, "export_expired", 410},
    Entry{ErrorCode::PreconditionFailed, "precondition_failed", 412},
    Entry{ErrorCode::FileTooLarge, "file_too_large", 413},
    Entry{ErrorCode::RequestTooLarge, "request_too_large", 413},
    Entry{ErrorCode::UnsupportedMediaType, "unsupported_media_type", 415},
    Entry{ErrorCode::RangeNotSatisfiable, "range_not_satisfiable", 416},
    Entry{ErrorCode::InvalidImage, "invalid_image", 422},
    Entry{ErrorCode::ImageTooComplex, "image_too_complex", 422},
    Entry{ErrorCode::IdempotencyKeyReused, "idempotency_key_reused", 422},
    Entry{ErrorCode::ImportFailed, "import_failed", 422},
    Entry{ErrorCode::RateLimited, "rate_limited", 429},
    Entry{ErrorCode::HeadersTooLarge, "headers_too_large", 431},
    Entry{ErrorCode::Internal, "internal", 500},
    Entry{ErrorCode::NotSupported, "not_supported", 501},
    Entry{ErrorCode::Unavailable, "unavailable", 503},
    Entry{ErrorCode::InsufficientStorage, "insufficient_storage", 507},
};

const Entry& entry(ErrorCode code) {
  for (const auto& candidate : kEntries) {
    if (candidate.code == code) return candidate;
  }
  throw std::logic_error("an error code without a status");
}

constexpr std::uint32_t kRetrySeconds = 5;

/// After how many seconds the same request may work; nothing when it will not by waiting.
std::optional<std::uint32_t> retry_after(const domain::Error& error) {
  if (error.retry_after) return error.retry_after;
  const bool passing =
      error.code == ErrorCode::Unavailable || error.code == ErrorCode::InsufficientStorage;
  return passing ? std::optional(kRetrySeconds) : std::nullopt;
}

json::array supported_types() {
  json::array types;
  for (const auto format : domain::kFormats) types.emplace_back(domain::media_type(format));
  return types;
}

json::object describe(const domain::Error& error, std::string_view request_id) {
  json::object body{{"code", code_name(error.code)},
                    {"message", domain::printable(error.message)},
                    {"request_id", request_id},
                    {"docs", "/docs/errors#" + std::string(code_name(error.code))}};
  if (error.param) body["param"] = *error.param;
  if (error.limit) body["limit"] = *error.limit;
  if (error.actual) body["actual"] = *error.actual;
  if (error.resets_at) body["resets_at"] = base::to_rfc3339(*error.resets_at);
  if (const auto seconds = retry_after(error)) body["retry_after"] = *seconds;
  if (error.detected_type) {
    body["detected_type"] = *error.detected_type;
    body["supported_types"] = supported_types();
  }
  return body;
}

}  // namespace

std::string_view code_name(ErrorCode code) { return entry(code).name; }

unsigned status_of(ErrorCode code) { return entry(code).status; }

json::object error_json(const domain::Error& error, std::string_view request_id) {
  return describe(error, request_id);
}

http::Response problem(const domain::Error& error, std::string_view request_id) {
  http::Response response{.status = status_of(error.code)};
  response.add("Content-Type", "application/json");
  response.add("Cache-Control", "no-store");
  if (response.status == 401) response.add("WWW-Authenticate", "Bearer");
  if (const auto seconds = retry_after(error)) {
    response.add("Retry-After", std::to_string(*seconds));
  }
  if (response.status == 416 && error.actual) {
    response.add("Content-Range", "bytes */" + std::to_string(*error.actual));
  }
  response.body = json::serialize(json::object{{"error", describe(error, request_id)}});
  return response;
}

}  // namespace pixelvault::api
