// When a Failing… double fails: on the Nth call of any of its methods, once. A test that counts N
// up until nothing fails any more has met every step. Any thread may call.
#pragma once

#include <atomic>
#include <cstdint>

#include "base/unavailable.hpp"

namespace pixelvault::support {

struct Failure {
  std::uint64_t on_call = 0;  ///< counted from 1; 0 is never
  base::Unavailable::Kind kind = base::Unavailable::Kind::Retry;
  /// The call takes effect and only its answer is lost, as when a connection breaks.
  bool after_effect = false;
};

class NthCall {
 public:
  explicit NthCall(Failure failure) : failure_(failure) {}

  /// Counts a call; says whether it is the one.
  bool arrives() { return ++calls_ == failure_.on_call; }
  std::uint64_t calls() const { return calls_; }

  void fail_before(bool chosen) const { fail_when(chosen && !failure_.after_effect); }
  void fail_after(bool chosen) const { fail_when(chosen && failure_.after_effect); }

 private:
  void fail_when(bool now) const {
    if (now) throw base::Unavailable(failure_.kind, "planned failure");
  }

  const Failure failure_;
  std::atomic<std::uint64_t> calls_ = 0;
};

}  // namespace pixelvault::support
