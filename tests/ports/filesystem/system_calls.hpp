// Stands between this test program and the calls that make a file durable: writes down their order,
// and lets one of them fail. The program's own definitions of these functions win over the C
// library's, so that the adapter is tested as it is. Passes everything on while nobody records.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace pixelvault::port_suites {

class RecordedSystemCalls {
 public:
  struct Plan {
    std::string call = {};              ///< e.g. `fsync`
    int occurrence = 1;                 ///< the how-manieth of them fails
    int times = 1;                      ///< so many fail, one behind the other
    int error = 0;                      ///< their errno; 0: none fails
    std::function<void()> before = {};  ///< runs in front of the first of these calls
    std::size_t most = ~0UL;            ///< bytes that one `write` or `pwritev` takes at most
    bool interrupted = false;           ///< every second `write` is EINTR
  };

  /// Records until it is destroyed; one at a time.
  explicit RecordedSystemCalls(Plan plan);
  RecordedSystemCalls() : RecordedSystemCalls(Plan{}) {}
  RecordedSystemCalls(const RecordedSystemCalls&) = delete;
  RecordedSystemCalls& operator=(const RecordedSystemCalls&) = delete;
  ~RecordedSystemCalls();

  /// The names of the calls so far, in order.
  std::vector<std::string> names() const;
};

}  // namespace pixelvault::port_suites
