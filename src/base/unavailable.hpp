// The world failed: a database is away, a disk is full, a pool is over its queue. Thrown by
// adapters (and the pools they use), caught once, at the request pipeline, which makes it a 503 or
// 507.
#pragma once

#include <stdexcept>
#include <string>

namespace pixelvault::base {

class Unavailable : public std::runtime_error {
 public:
  enum class Kind {
    Retry,     ///< passing: the same call may work in a moment
    Fail,      ///< broken until somebody mends it
    DiskFull,  ///< no space or quota left on this server's own disk
  };

  Unavailable(Kind kind, const std::string& what) : std::runtime_error(what), kind_(kind) {}

  Kind kind() const noexcept { return kind_; }

 private:
  Kind kind_;
};

}  // namespace pixelvault::base
