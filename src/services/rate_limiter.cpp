#include "services/rate_limiter.hpp"

#include "base/bytes.hpp"
#include "domain/email.hpp"

namespace pixelvault::services {

RateLimiter::RateLimiter(const Options& options, ports::Clock& clock)
    : clock_(clock),
      requests_(options.requests),
      registrations_(options.registrations),
      logins_(options.logins),
      account_logins_(options.account_logins) {}

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

std::optional<RateLimiter::Taken> RateLimiter::take(RateTable& table, std::string_view subject) {
  if (!table.limit().limits()) return std::nullopt;
  return Taken{.limit = table.limit().requests, .decision = table.take(subject, clock_.now())};
}

}  // namespace pixelvault::services
