#include "http/request_id.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <random>

namespace pixelvault::http {

namespace {

constexpr std::size_t kDigits = 13;  // of 5 bits, for 64

/// All digits of a number, in Crockford's alphabet.
void append_digits(std::string& out, std::uint64_t number) {
  constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";
  std::array<char, kDigits> digits;
  for (std::size_t i = kDigits; i > 0; number >>= 5) digits[--i] = kAlphabet[number & 0x1F];
  out.append(digits.data(), digits.size());
}

}  // namespace

bool is_well_formed_request_id(std::string_view id) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  };
  return !id.empty() && id.size() <= 128 && std::ranges::all_of(id, allowed);
}

void assign_request_id(std::string& id) {
  static const std::string prefix = [] {
    std::random_device device;
    const auto process = (std::uint64_t{device()} << 32) | device();
    std::string text = "req_";
    append_digits(text, process);
    return text;
  }();
  static std::atomic<std::uint64_t> counter = 0;
  id = prefix;
  append_digits(id, counter.fetch_add(1, std::memory_order_relaxed));
}

}  // namespace pixelvault::http
