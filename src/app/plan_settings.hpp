// The plans in the configuration file: a table `[plans.NAME]` changes what it names of a shipped
// plan, or adds a plan of its own.
#pragma once

#include <toml++/toml.h>
#include <string>

#include "domain/plan.hpp"

namespace pixelvault::app {

/// Applies the table `plans` of the file called `source`. Throws ConfigError.
void apply_plans(domain::Plans& plans, const toml::node& table, const std::string& source);

}  // namespace pixelvault::app
