#include "base/log.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>

namespace pixelvault::base {

void configure_log(const std::string& level) {
  spdlog::set_default_logger(spdlog::stderr_color_mt("pixelvault"));
  spdlog::set_level(spdlog::level::from_str(level));
  spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %^%l%$ %v", spdlog::pattern_time_type::utc);
}

}  // namespace pixelvault::base
