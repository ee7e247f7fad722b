#include "services/usage.hpp"

#include <utility>

namespace pixelvault::services {

base::task<UsageService::Usage> UsageService::find(domain::Caller caller) {
  auto month = domain::month_of(clock_.now());
  const auto used = co_await usage_.find(caller.account, month.name);
  co_return Usage{.plan = plans_.of(caller.plan), .month = std::move(month), .used = used};
}

}  // namespace pixelvault::services
