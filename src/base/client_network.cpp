#include "base/client_network.hpp"

#include <arpa/inet.h>

#include <algorithm>

namespace pixelvault::base {
namespace {

constexpr std::array<std::uint8_t, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
constexpr std::size_t kNetworkBytes = 8;

std::string print(int family, const std::uint8_t* bytes) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  ::inet_ntop(family, bytes, text.data(), text.size());
  return text.data();
}

}  // namespace

ClientNetwork::ClientNetwork(const V4& address) {
  const auto rest = std::ranges::copy(kMapped, bytes_.begin()).out;
  std::ranges::copy(address, rest);
}

ClientNetwork::ClientNetwork(const V6& address) : bytes_(address) {
  if (!v4()) std::fill(bytes_.begin() + kNetworkBytes, bytes_.end(), std::uint8_t{0});
}

std::optional<ClientNetwork::V4> ClientNetwork::v4() const {
  if (!std::equal(kMapped.begin(), kMapped.end(), bytes_.begin())) return std::nullopt;
  V4 address{};
  std::copy(bytes_.begin() + kMapped.size(), bytes_.end(), address.begin());
  return address;
}

std::string ClientNetwork::text() const {
  if (const auto address = v4()) return print(AF_INET, address->data());
  return print(AF_INET6, bytes_.data()) + "/64";
}

}  // namespace pixelvault::base
