// What the process needs from the operating system before it serves.
#pragma once

namespace pixelvault::app {

/// Ignores SIGPIPE (a client that went away is an error code), keeps new files from other users,
/// raises the limit of open files to what is allowed, and bounds the memory that the allocator
/// keeps per thread. Called once, before threads start.
void prepare_process();

}  // namespace pixelvault::app
