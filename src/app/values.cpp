#include "app/values.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace pixelvault::app {

namespace {

struct Unit {
  std::string_view name;
  unsigned shift;
};
constexpr std::array kUnits = {Unit{"KB", 10}, Unit{"MB", 20}, Unit{"GB", 30}, Unit{"TB", 40}};

std::string_view without_trailing_spaces(std::string_view text) {
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

constexpr std::uint32_t kDay = 24U * 60 * 60;
constexpr std::uint64_t kPerSecond = 1'000'000;

}  // namespace

std::optional<std::uint64_t> parse_size(std::string_view text) {
  unsigned shift = 0;
  for (const auto& unit : kUnits) {
    if (!text.ends_with(unit.name)) continue;
    text = without_trailing_spaces(text.substr(0, text.size() - unit.name.size()));
    shift = unit.shift;
    break;
  }
  const auto number =
      parse_number<std::uint64_t>(text, std::numeric_limits<std::int64_t>::max() >> shift);
  if (!number) return std::nullopt;
  return *number << shift;
}

std::optional<std::chrono::seconds> parse_duration(std::string_view text) {
  constexpr std::array kUnitsOfTime = {std::pair{'s', 1}, std::pair{'m', 60}, std::pair{'h', 3600},
                                       std::pair{'d', 86'400}};
  constexpr std::int64_t kLongest = 3650LL * 86'400;
  for (const auto& [unit, seconds] : kUnitsOfTime) {
    if (!text.ends_with(unit)) continue;
    const auto number = parse_number<std::int64_t>(text.substr(0, text.size() - 1));
    if (!number || *number < 0 || *number > kLongest / seconds) return std::nullopt;
    return std::chrono::seconds(*number * seconds);
  }
  return std::nullopt;
}

std::optional<domain::RateLimit> parse_rate(std::string_view text) {
  if (text == "off") return domain::RateLimit{};
  const auto slash = text.find('/');
  if (slash == std::string_view::npos || !text.ends_with('s')) return std::nullopt;
  const auto requests = parse_number<std::uint32_t>(text.substr(0, slash));
  const auto seconds =
      parse_number<std::uint32_t>(text.substr(slash + 1, text.size() - slash - 2), kDay);
  if (!requests || *requests == 0 || !seconds || *seconds == 0) return std::nullopt;
  if (*requests > kPerSecond * *seconds) return std::nullopt;
  return domain::RateLimit{.requests = *requests, .period = std::chrono::seconds(*seconds)};
}

}  // namespace pixelvault::app
