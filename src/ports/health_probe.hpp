// One system that the server cannot work without, asked by `GET /readyz`.
#pragma once

#include <string>

#include "base/task.hpp"

namespace pixelvault::ports {

class HealthProbe {
 public:
  virtual ~HealthProbe() = default;
  /// What `/readyz` calls it, e.g. `database`.
  virtual std::string name() const = 0;
  /// A real, cheap round trip. Throws `base::Unavailable` when the system cannot serve.
  virtual base::task<void> check() = 0;
};

}  // namespace pixelvault::ports
