#include "adapters/segments/syncs.hpp"

namespace pixelvault::adapters::segments {

namespace {

posix::TimedSyncs instance("segments");  // from the start on, so that its metrics are there at once

}  // namespace

posix::TimedSyncs& syncs() { return instance; }

}  // namespace pixelvault::adapters::segments
