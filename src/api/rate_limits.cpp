#include "api/rate_limits.hpp"

#include <chrono>
#include <string>

#include "api/problem.hpp"

namespace pixelvault::api {
namespace {

std::chrono::seconds round_up(std::chrono::milliseconds time) {
  return std::chrono::ceil<std::chrono::seconds>(time);
}

}  // namespace

void add_limit_fields(http::Response& response, const services::RateLimiter::Taken& taken) {
  response.add("RateLimit-Limit", std::to_string(taken.limit));
  response.add("RateLimit-Remaining", std::to_string(taken.decision.remaining));
  response.add("RateLimit-Reset", std::to_string(round_up(taken.decision.resets_after).count()));
}

domain::Error rate_limited(const services::RateLimiter::Taken& taken) {
  const auto seconds = round_up(taken.decision.retry_after).count();
  return {.code = domain::ErrorCode::RateLimited,
          .message = "Too many requests: try again in " + std::to_string(seconds) +
                     (seconds == 1 ? " second." : " seconds."),
          .limit = taken.limit,
          .retry_after = static_cast<std::uint32_t>(seconds)};
}

http::Response too_many_requests(const services::RateLimiter::Taken& taken,
                                 std::string_view request_id) {
  auto response = problem(rate_limited(taken), request_id);
  add_limit_fields(response, taken);
  return response;
}

}  // namespace pixelvault::api
