#include "services/quota_errors.hpp"

#include <string>
#include <utility>

#include "domain/month.hpp"
#include "services/quota_metrics.hpp"

namespace pixelvault::services {

using domain::ErrorCode;
using domain::Quota;

namespace {

struct Wording {
  ErrorCode code;
  std::string_view unit;  // after the limit
  std::string_view advice;
};

Wording wording(Quota quota) {
  switch (quota) {
    case Quota::Storage:
      return {ErrorCode::StorageQuotaExceeded, " bytes of storage",
              "delete images that you no longer need, or choose a larger plan."};
    case Quota::Uploads:
      return {ErrorCode::UploadQuotaExceeded, " uploads a month",
              "wait for the next month, or choose a larger plan."};
    case Quota::Bandwidth:
      return {ErrorCode::BandwidthQuotaExceeded, " bytes of delivery a month",
              "wait for the next month, or choose a larger plan."};
    case Quota::PrivateImages:
      return {ErrorCode::PrivateQuotaExceeded, " private images",
              "delete private images that you no longer need, or choose a larger plan."};
    case Quota::Projects:
      return {ErrorCode::ProjectQuotaExceeded, " projects",
              "delete a project that you no longer need, or choose a larger plan."};
  }
  std::unreachable();
}

bool is_monthly(Quota quota) { return quota == Quota::Uploads || quota == Quota::Bandwidth; }

}  // namespace

domain::Error quota_error(const UsedUp& what, base::Timestamp now) {
  count_refusal(what.quota);
  const auto words = wording(what.quota);
  std::string message = "The plan ";
  message.append(what.plan).append(" allows ").append(std::to_string(what.limit));
  message.append(words.unit).append(", of which ").append(std::to_string(what.used));
  message.append(" are used: ").append(words.advice);
  domain::Error error{
      .code = words.code, .message = std::move(message), .limit = what.limit, .actual = what.used};
  if (is_monthly(what.quota)) error.resets_at = domain::month_of(now).end;
  return error;
}

}  // namespace pixelvault::services
