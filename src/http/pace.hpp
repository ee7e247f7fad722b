// How slowly the bytes of one body may travel: as they like during a grace, then at an average
// rate. Only the time spent waiting for the client counts, so that a slow server is not the
// client's fault. Pure: times are given.
#pragma once

#include <chrono>
#include <cstdint>

#include "http/options.hpp"

namespace pixelvault::http {

class Pace {
 public:
  explicit Pace(const Options& options)
      : grace_(options.transfer_grace), bytes_per_second_(options.min_transfer_rate) {}

  /// Notes that the client was waited for.
  void waited(std::chrono::nanoseconds time) { waited_ += time; }

  /// How long the client may still be waited for when so many bytes have travelled; zero or less
  /// when it is too slow.
  std::chrono::milliseconds left(std::uint64_t bytes) const;

 private:
  std::chrono::milliseconds grace_;
  std::uint64_t bytes_per_second_;
  std::chrono::nanoseconds waited_{};
};

}  // namespace pixelvault::http
