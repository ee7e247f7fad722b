// The life of a server: start, serve, drain, end.
#pragma once

#include "app/config.hpp"

namespace pixelvault::app {

/// Serves until SIGINT or SIGTERM, then drains. Throws when the start fails.
void serve(const Config& config);

}  // namespace pixelvault::app
