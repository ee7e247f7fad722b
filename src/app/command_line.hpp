// The command line: `pixelvault serve`, `pixelvault version`, and help that teaches.
#pragma once

namespace pixelvault::app {

/// Runs what the arguments ask for. Returns the exit code: 0, 1 when the work failed, 2 when the
/// arguments or settings are wrong (one sentence on stderr says how).
int run_command_line(int argc, char** argv);

}  // namespace pixelvault::app
