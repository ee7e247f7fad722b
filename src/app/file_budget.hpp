// How many files (descriptors) a server with given settings may need, and what of a given limit is
// left for connections: one budget for the edge, which makes its own number of it, and for
// `pixelvault doctor`, which holds the limit of the system against it. Pure.
#pragma once

#include <cstddef>

#include "app/config.hpp"

namespace pixelvault::app {

/// Those that do not grow with the connections: event loops, the database, the blob stores,
/// downloads, refused connections that are being closed.
std::size_t own_files(const Config& config);

/// Those of a server with so many connections: its own, the connections, and the files that go out
/// on them.
std::size_t files_for(const Config& config, std::size_t connections);

/// How many connections fit when so many files may be open; within bounds that make sense.
std::size_t connections_for(const Config& config, std::size_t open_files);

/// The event loops that the settings ask for: one a core when they give no number.
std::size_t threads_of(const Config& config);

}  // namespace pixelvault::app
