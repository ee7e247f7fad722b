// The operator's commands beside `serve` and `admin`: each adds itself to the command line, and
// sets the job when it was asked for. A job prints its outcome and gives the exit code: 0 when all
// is well, 1 when something was found or failed, 2 when it was asked for wrongly.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

namespace pixelvault::app {

using Job = std::function<int()>;

/// All of them. `job` outlives the parsing.
void add_operations(CLI::App& program, Job& job);

void add_scrub(CLI::App& program, Job& job);
void add_backup(CLI::App& program, Job& job);
void add_restore(CLI::App& program, Job& job);
void add_doctor(CLI::App& program, Job& job);
void add_blobs(CLI::App& program, Job& job);

}  // namespace pixelvault::app
