// Rate limits as clients see them: the fields of every limited answer, and the 429. Pure.
#pragma once

#include <string_view>

#include "domain/error.hpp"
#include "http/message.hpp"
#include "services/rate_limiter.hpp"

namespace pixelvault::api {

/// Adds RateLimit-Limit, RateLimit-Remaining and RateLimit-Reset (seconds, rounded up).
void add_limit_fields(http::Response& response, const services::RateLimiter::Taken& taken);

/// RateLimited, with the seconds after which one request may follow.
domain::Error rate_limited(const services::RateLimiter::Taken& taken);

/// The 429 with Retry-After and the fields of its limit.
http::Response too_many_requests(const services::RateLimiter::Taken& taken,
                                 std::string_view request_id);

}  // namespace pixelvault::api
