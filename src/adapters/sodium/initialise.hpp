// libsodium wants to be set up once before anything else.
#pragma once

namespace pixelvault::adapters::sodium {

/// Any number of times, on any thread. Throws `Unavailable` when the system has no randomness.
void initialise();

}  // namespace pixelvault::adapters::sodium
