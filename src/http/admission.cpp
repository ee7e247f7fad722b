#include "http/admission.hpp"

namespace pixelvault::http {

namespace {

/// Adds one unless that passes the limit.
bool take(std::atomic<std::size_t>& number, std::size_t limit) {
  if (number.fetch_add(1, std::memory_order_relaxed) < limit) return true;
  number.fetch_sub(1, std::memory_order_relaxed);
  return false;
}

}  // namespace

std::optional<Admission::Seat> Admission::admit(const Peer& peer) {
  if (!take(counters_.open_connections, options_.max_connections)) return std::nullopt;
  const bool counted = options_.max_connections_per_address > 0 && !peer.loopback;
  if (counted && !count(peer.network)) {
    counters_.open_connections.fetch_sub(1, std::memory_order_relaxed);
    return std::nullopt;
  }
  counters_.accepted.fetch_add(1, std::memory_order_relaxed);
  return std::optional<Seat>(std::in_place, *this,
                             counted ? std::optional(peer.network) : std::nullopt);
}

bool Admission::count(const Peer::Network& network) {
  const std::lock_guard lock(mutex_);
  auto& connections = networks_[network];
  if (connections >= options_.max_connections_per_address) return false;
  ++connections;
  return true;
}

void Admission::leave(const std::optional<Peer::Network>& network) {
  counters_.open_connections.fetch_sub(1, std::memory_order_relaxed);
  if (!network) return;
  const std::lock_guard lock(mutex_);
  const auto found = networks_.find(*network);
  if (--found->second == 0) networks_.erase(found);
}

bool Admission::begin() {
  if (take(counters_.running_requests, options_.max_requests)) return true;
  counters_.refused_requests.fetch_add(1, std::memory_order_relaxed);
  return false;
}

}  // namespace pixelvault::http
