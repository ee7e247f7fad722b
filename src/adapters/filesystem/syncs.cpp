#include "adapters/filesystem/syncs.hpp"

namespace pixelvault::adapters::filesystem {

namespace {

posix::TimedSyncs instance("folder");  // from the start on, so that its metrics are there at once

}  // namespace

posix::TimedSyncs& syncs() { return instance; }

}  // namespace pixelvault::adapters::filesystem
