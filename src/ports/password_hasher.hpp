// Slow, salted password hashes. Costs about 20 ms and 19 MiB a call by design; the adapter hops to
// its own small pool, and throws `base::Unavailable` when too many wait.
#pragma once

#include <string>

#include "base/task.hpp"

namespace pixelvault::ports {

class PasswordHasher {
 public:
  virtual ~PasswordHasher() = default;
  /// The hash as one printable text that carries its own salt and cost.
  virtual base::task<std::string> hash(std::string password) = 0;
  /// Whether `password` is the one of `hash`. An unreadable hash is a plain no.
  virtual base::task<bool> verify(std::string password, std::string hash) = 0;
};

}  // namespace pixelvault::ports
