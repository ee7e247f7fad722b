#include "api/health.hpp"

#include <boost/json.hpp>

#include "api/json_body.hpp"

namespace pixelvault::api {

namespace json = boost::json;
using domain::Result;

base::task<Result<http::Response>> HealthApi::live(http::Request&, http::PathValues) {
  co_return json_response(200, {{"data", {{"status", "ok"}}}});
}

base::task<Result<http::Response>> HealthApi::ready(http::Request&, http::PathValues) {
  json::object checks;
  std::string broken;
  for (const auto& finding : co_await health_.check()) {
    checks[finding.name] = finding.healthy ? "ok" : "failed";
    if (!finding.healthy) broken += (broken.empty() ? "" : ", ") + finding.name;
  }
  if (!broken.empty()) {
    co_return domain::fail(
        {.code = domain::ErrorCode::Unavailable,
         .message = "The server cannot serve now: " + broken + " failed. The log says why."});
  }
  co_return json_response(200, {{"data", {{"status", "ready"}, {"checks", checks}}}});
}

}  // namespace pixelvault::api
