// The one logger of the process, over spdlog: lines on standard error, as text or as JSON objects.
// Any thread may log, and none waits for who reads the lines (see log_sink.hpp).
#pragma once

#include <spdlog/spdlog.h>

#include <string>

#include "base/log_fields.hpp"

namespace pixelvault::base {

struct LogOptions {
  std::string level = "info";  ///< trace, debug, info, warn, error, off
  LogFormat format = LogFormat::Text;
};

/// Sets the level and the form; called once, before threads start.
void configure_log(const LogOptions& options);

/// How the lines of this process look.
LogFormat log_format();

/// Whether lines of level info are written at all.
bool logs_info();

/// A line of level info that is made of fields.
void log_fields(const LogFields& fields);

}  // namespace pixelvault::base
