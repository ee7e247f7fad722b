// Host names to addresses through the system's resolver, which blocks and cannot be ended: it works
// on threads of its own, and who waited long enough leaves it behind. Any thread may call.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "base/blocking_pool.hpp"
#include "base/task.hpp"
#include "domain/error.hpp"
#include "domain/ip_address.hpp"

namespace pixelvault::adapters::net_client {

/// All addresses of a name, as the system knows them; none when it knows the name not.
std::vector<domain::IpAddress> look_up_addresses(const std::string& name);

class Resolver {
 public:
  using LookUp = std::function<std::vector<domain::IpAddress>(const std::string& name)>;

  Resolver(LookUp look_up, std::size_t threads);

  /// At least one address. ImportFailed when there is none, or none in time. Throws
  /// `base::Unavailable` when too many look-ups wait.
  base::task<domain::Result<std::vector<domain::IpAddress>>> resolve(
      std::string name, std::chrono::milliseconds patience);

 private:
  LookUp look_up_;
  base::BlockingPool threads_;
};

}  // namespace pixelvault::adapters::net_client
