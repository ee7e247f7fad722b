// Who may come in: the bounds on connections, on connections of one client and on requests that run
// at the same time, with the numbers that they are counted in. One for all workers of a server; any
// thread may call.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include "http/edge_counters.hpp"
#include "http/options.hpp"
#include "http/peer.hpp"

namespace pixelvault::http {

class Admission {
 public:
  /// A connection that was let in; it counts until this is destroyed.
  class Seat {
   public:
    Seat(Admission& admission, std::optional<Peer::Network> network)
        : admission_(&admission), network_(network) {}
    Seat(Seat&& other) noexcept
        : admission_(std::exchange(other.admission_, nullptr)), network_(other.network_) {}
    Seat& operator=(Seat&&) = delete;
    ~Seat() {
      if (admission_ != nullptr) admission_->leave(network_);
    }

   private:
    Admission* admission_;
    std::optional<Peer::Network> network_;  // when it is counted
  };

  /// A request that the application may work at; it counts until this is destroyed.
  class Turn {
   public:
    explicit Turn(Admission& admission) : admission_(admission), granted_(admission.begin()) {}
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() {
      if (granted_) admission_.end();
    }

    bool granted() const { return granted_; }

   private:
    Admission& admission_;
    const bool granted_;
  };

  explicit Admission(const Options& options) : options_(options) {}

  /// Nothing when the server, or what one client may have of it, is full.
  std::optional<Seat> admit(const Peer& peer);

  EdgeCounters& counters() { return counters_; }
  const EdgeCounters& counters() const { return counters_; }

 private:
  bool count(const Peer::Network& network);
  void leave(const std::optional<Peer::Network>& network);
  bool begin();
  void end() { counters_.running_requests.fetch_sub(1, std::memory_order_relaxed); }

  const Options& options_;
  EdgeCounters counters_;
  std::mutex mutex_;
  std::map<Peer::Network, std::size_t> networks_;  // connections of each that has any
};

}  // namespace pixelvault::http
