// Asking the person at the terminal for a password.
#pragma once

#include <string>

namespace pixelvault::app {

/// The first line of standard input, without its end; from a terminal without showing it. Empty at
/// the end of the input.
std::string ask_password();

}  // namespace pixelvault::app
