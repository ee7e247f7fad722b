// What an account has used of its plan (contract §4, `GET /v1/usage`). Any thread may call.
#pragma once

#include "base/task.hpp"
#include "domain/account.hpp"
#include "domain/month.hpp"
#include "domain/plan.hpp"
#include "domain/quota.hpp"
#include "ports/clock.hpp"
#include "ports/usage_store.hpp"

namespace pixelvault::services {

class UsageService {
 public:
  struct Usage {
    domain::Plan plan;
    domain::Month month;  ///< in which uploads and bandwidth were counted
    domain::AccountUsage used;
  };

  UsageService(ports::UsageStore& usage, ports::Clock& clock, const domain::Plans& plans)
      : usage_(usage), clock_(clock), plans_(plans) {}

  /// Of the whole account, whichever of its projects asks. Bandwidth is some seconds late.
  base::task<Usage> find(domain::Caller caller);

 private:
  ports::UsageStore& usage_;
  ports::Clock& clock_;
  const domain::Plans& plans_;
};

}  // namespace pixelvault::services
