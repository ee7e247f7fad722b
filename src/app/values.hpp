// Values of settings as texts: numbers, sizes, rates. What cannot be read is nothing. Pure.
#pragma once

#include <charconv>
#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include "domain/gcra.hpp"

namespace pixelvault::app {

template <class Number>
std::optional<Number> parse_number(std::string_view text,
                                   Number max = std::numeric_limits<Number>::max()) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value > max) return std::nullopt;
  return value;
}

/// Bytes: `1024`, `200 KB`, `5MB`, `10 GB` or `1 TB`, each unit 1024 times the one before.
std::optional<std::uint64_t> parse_size(std::string_view text);

/// `90s`, `15m`, `24h` or `7d`, at most ten years.
std::optional<std::chrono::seconds> parse_duration(std::string_view text);

/// `600/60s` is 600 requests in 60 seconds; `off` is no limit. At most 1,000,000 requests a second,
/// at least one in a day.
std::optional<domain::RateLimit> parse_rate(std::string_view text);

}  // namespace pixelvault::app
