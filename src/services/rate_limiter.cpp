#include "services/rate_limiter.hpp"

#include "base/bytes.hpp"
#include "domain/email.hpp"

namespace pixelvault::services {

RateLimiter::Limit::Limit(domain::RateLimit limit, const char* name)
    : table(limit),
      refusals({.name = "pixelvault_rate_limit_refusals_total",
                .help = "Requests that were refused with 429, by limit.",
                .labels = {{"limit", name}}}) {}

RateLimiter::RateLimiter(const Options& options, ports::Clock& clock)
    : clock_(clock),
      requests_(options.requests, "requests"),
      registrations_(options.registrations, "registrations"),
      logins_(options.logins, "logins"),
      account_logins_(options.account_logins, "account_logins") {}

std::optional<RateLimiter::Taken> RateLimiter::take_request(const domain::KeyId& key) {
  return take(requests_, base::as_text(std::as_bytes(std::span(key.bits()))));
}

std::optional<RateLimiter::Taken> RateLimiter::take_registration(std::string_view client) {
  return take(registrations_, client);
}

std::optional<RateLimiter::Taken> RateLimiter::take_login(std::string_view client) {
  return take(logins_, client);
}

std::optional<RateLimiter::Taken> RateLimiter::take_account_login(std::string_view email) {
  return take(account_logins_, domain::fold_email(email));
}

std::optional<RateLimiter::Taken> RateLimiter::take(Limit& limit, std::string_view subject) {
  auto& table = limit.table;
  if (!table.limit().limits()) return std::nullopt;
  const Taken taken{.limit = table.limit().requests, .decision = table.take(subject, clock_.now())};
  if (!taken.decision.allowed) limit.refusals.add();
  return taken;
}

}  // namespace pixelvault::services
