// How long each step of a fetch may take. Used by this room only.
#pragma once

#include <chrono>

namespace pixelvault::adapters::net_client {

struct Deadlines {
  std::chrono::milliseconds resolve{5000};
  std::chrono::milliseconds connect{5000};     ///< to each address
  std::chrono::milliseconds handshake{10000};  ///< of TLS
  std::chrono::milliseconds answer{15000};     ///< from the request to the whole header
  std::chrono::milliseconds idle{15000};       ///< between two portions of the body
  std::chrono::milliseconds total{60000};      ///< of everything, redirects too
};

}  // namespace pixelvault::adapters::net_client
