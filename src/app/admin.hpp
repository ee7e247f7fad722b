// The administration of a data folder from the command line: what each command does and prints. The
// server may run meanwhile.
#pragma once

#include <optional>
#include <string>

#include "app/config.hpp"

namespace pixelvault::app {

struct AdminRequest {
  std::string command;  ///< `accounts`, `create-account`, `set-plan`, …
  std::string email = {};
  std::string plan = {};       ///< empty: the default plan, or none asked for
  bool with_password = false;  ///< `create-account`: ask for one
  bool json = false;           ///< `accounts`: one JSON object a line
};

/// Prints the outcome. Returns the exit code: 0, or 1 after a sentence on standard error. Throws
/// what opening the database throws.
int administer(const Config& config, const AdminRequest& request);

}  // namespace pixelvault::app
