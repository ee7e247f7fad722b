// The one logger of the process, over spdlog: text lines on stderr. Any thread may log.
#pragma once

#include <spdlog/spdlog.h>

#include <string>

namespace pixelvault::base {

/// Sets the level (trace, debug, info, warn, error, off) and the form; called once, before threads
/// start.
void configure_log(const std::string& level);

}  // namespace pixelvault::base
