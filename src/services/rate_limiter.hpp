// How often somebody may ask: the four limits of the configuration, each with the states of those
// who used it lately. In memory only, so that a restart forgives. Any thread may call.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/metrics.hpp"
#include "domain/gcra.hpp"
#include "domain/ids.hpp"
#include "ports/clock.hpp"
#include "services/rate_table.hpp"

namespace pixelvault::services {

class RateLimiter {
 public:
  /// A limit without requests does not limit.
  struct Options {
    domain::RateLimit requests = {};        ///< keyed requests, per key
    domain::RateLimit registrations = {};   ///< per client address
    domain::RateLimit logins = {};          ///< per client address
    domain::RateLimit account_logins = {};  ///< per e-mail address
  };

  /// One request that was held against a limit.
  struct Taken {
    std::uint32_t limit = 0;  ///< requests of the limit
    domain::RateDecision decision;
  };

  RateLimiter(const Options& options, ports::Clock& clock);

  /// Each takes one request; nothing when there is no such limit. `client` is what
  /// `api::client_address` gives; an e-mail address counts in any case of its letters.
  std::optional<Taken> take_request(const domain::KeyId& key);
  std::optional<Taken> take_registration(std::string_view client);
  std::optional<Taken> take_login(std::string_view client);
  std::optional<Taken> take_account_login(std::string_view email);

 private:
  /// One limit, who used it lately, and how often it refused.
  struct Limit {
    Limit(domain::RateLimit limit, const char* name);
    RateTable table;
    base::Counter refusals;
  };

  std::optional<Taken> take(Limit& limit, std::string_view subject);

  ports::Clock& clock_;
  Limit requests_;
  Limit registrations_;
  Limit logins_;
  Limit account_logins_;
};

}  // namespace pixelvault::services
