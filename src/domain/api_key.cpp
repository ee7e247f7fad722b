#include "domain/api_key.hpp"

#include <algorithm>

#include "base/crc32.hpp"

namespace pixelvault::domain {
namespace {

constexpr std::string_view kLive = "pv_live_";
constexpr std::string_view kTest = "pv_test_";
constexpr std::size_t kRandomCharacters = 26;
constexpr std::size_t kChecksumCharacters = 6;
constexpr std::string_view kBase62 =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

std::string checksum(std::string_view text) {
  std::uint32_t value = base::crc32(base::as_bytes(text));
  std::string digits(kChecksumCharacters, '0');
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
    *digit = kBase62[value % 62];
    value /= 62;
  }
  return digits;
}

}  // namespace

std::optional<ApiKey> ApiKey::make(Environment environment, const KeyEntropy& entropy) {
  std::string text(environment == Environment::Live ? kLive : kTest);
  const std::size_t wanted = text.size() + kRandomCharacters;
  for (const auto byte : entropy) {
    if (text.size() == wanted) break;
    if (byte < 248) text += kBase62[byte % 62];  // every character equally likely
  }
  if (text.size() != wanted) return std::nullopt;
  text += checksum(text);
  return ApiKey(std::move(text));
}

std::optional<ApiKey> ApiKey::parse(std::string_view text) {
  if (!text.starts_with(kLive) && !text.starts_with(kTest)) return std::nullopt;
  if (text.size() != kLive.size() + kRandomCharacters + kChecksumCharacters) return std::nullopt;
  const auto body = text.substr(kLive.size());
  if (!std::ranges::all_of(body, [](char c) { return kBase62.contains(c); })) return std::nullopt;
  const auto unchecked = text.substr(0, text.size() - kChecksumCharacters);
  if (checksum(unchecked) != text.substr(unchecked.size())) return std::nullopt;
  return ApiKey(std::string(text));
}

Environment ApiKey::environment() const {
  return text_.starts_with(kLive) ? Environment::Live : Environment::Test;
}

}  // namespace pixelvault::domain
