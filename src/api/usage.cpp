#include "api/usage.hpp"

#include <boost/json.hpp>
#include <utility>

#include "api/json_body.hpp"

namespace pixelvault::api {

namespace json = boost::json;
using Limit = std::optional<std::uint64_t>;

namespace {

json::value number_or_null(Limit limit) {
  if (!limit) return nullptr;
  return json::value(*limit);
}

/// Nothing is left of a plan that somebody has grown out of, and never less than nothing.
json::value left(std::uint64_t used, Limit limit) {
  if (!limit) return nullptr;
  return json::value(used < *limit ? *limit - used : 0);
}

json::object account(std::uint64_t used, Limit limit) {
  return {{"used", used}, {"limit", number_or_null(limit)}, {"remaining", left(used, limit)}};
}

json::object describe(const services::UsageService::Usage& usage) {
  const auto& [plan, month, used] = usage;
  const auto reset = base::to_rfc3339(month.end);
  return {
      {"plan", plan.name},
      {"period", {{"start", base::to_rfc3339(month.start)}, {"end", reset}}},
      {"resets_at", reset},
      {"storage", account(used.storage_bytes, plan.storage_bytes)},
      {"uploads", account(used.uploads, plan.uploads_per_month)},
      {"bandwidth", account(used.bandwidth_bytes, plan.bandwidth_bytes_per_month)},
      {"private_images", account(used.private_images, plan.private_images)},
      {"max_file_size", plan.max_file_bytes},
      // The same in the words of the official clients.
      {"usage", {{"storage_bytes", used.storage_bytes}, {"uploads", used.uploads}}},
      {"limits",
       {{"storage_bytes", number_or_null(plan.storage_bytes)},
        {"uploads_per_month", number_or_null(plan.uploads_per_month)},
        {"bandwidth_bytes_per_month", number_or_null(plan.bandwidth_bytes_per_month)}}},
      {"remaining",
       {{"storage_bytes", left(used.storage_bytes, plan.storage_bytes)},
        {"uploads", left(used.uploads, plan.uploads_per_month)}}},
  };
}

}  // namespace

base::task<domain::Result<http::Response>> UsageApi::get(domain::Caller caller, http::Request&,
                                                         http::PathValues) {
  const auto usage = co_await usage_.find(std::move(caller));
  const json::object body{{"data", describe(usage)}};
  co_return json_response(200, body);
}

}  // namespace pixelvault::api
