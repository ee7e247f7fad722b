// How often a plan's limit refused something, by limit. Any thread may call.
#pragma once

#include "domain/quota.hpp"

namespace pixelvault::services {

void count_refusal(domain::Quota quota) noexcept;

}  // namespace pixelvault::services
