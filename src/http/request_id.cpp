#include "http/request_id.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <random>

#include "base/encoding.hpp"

namespace pixelvault::http {

bool is_well_formed_request_id(std::string_view id) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  };
  return !id.empty() && id.size() <= 128 && std::ranges::all_of(id, allowed);
}

std::string make_request_id() {
  static const std::uint64_t process = [] {
    std::random_device device;
    return (std::uint64_t{device()} << 32) | device();
  }();
  static std::atomic<std::uint64_t> counter = 0;
  const std::array<std::uint64_t, 2> bits = {process,
                                             counter.fetch_add(1, std::memory_order_relaxed)};
  std::array<std::uint8_t, 16> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<std::uint8_t>(bits[i / 8] >> (56 - 8 * (i % 8)));
  }
  return "req_" + base::to_base32(bytes);
}

}  // namespace pixelvault::http
