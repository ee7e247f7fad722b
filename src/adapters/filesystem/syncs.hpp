// The syncs of this store, for all files of this room. Any thread may call.
#pragma once

#include "adapters/posix/timed_syncs.hpp"

namespace pixelvault::adapters::filesystem {

posix::TimedSyncs& syncs();

}  // namespace pixelvault::adapters::filesystem
