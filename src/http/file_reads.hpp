// Files as bodies, without an event loop that waits for a disk: what the page cache has is taken at
// once, what it does not have is read on a thread of a bounded pool first. Any thread may call.
#pragma once

#include <cstdint>
#include <string>

#include "base/blocking_pool.hpp"
#include "base/unique_fd.hpp"
#include "http/edge_counters.hpp"

namespace pixelvault::http {

class FileReads {
 public:
  /// At most `waiting` calls of `warm` at the same time.
  FileReads(std::size_t waiting, EdgeCounters& counters);

  /// Appends the region when all of it is in the page cache; otherwise changes nothing.
  static bool append_cached(const base::FileRegion& region, std::string& out);

  /// Whether the last page of the region is in the page cache, and so most probably all of it:
  /// files are read, and forgotten, from their beginning on.
  static bool is_cached(const base::FileRegion& region);

  /// Brings the region into the page cache. A failure to read is not told: sending will meet it.
  base::task<void> warm(base::FileRegion region);

 private:
  static bool ask_whether_cached(const base::FileRegion& region);

  EdgeCounters& counters_;
  base::BlockingPool pool_;
};

}  // namespace pixelvault::http
