#include "domain/credential_text.hpp"

#include <algorithm>

#include "base/crc32.hpp"

namespace pixelvault::domain {
namespace {

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

std::optional<std::string> make_credential(std::string_view prefix,
                                           const CredentialEntropy& entropy) {
  std::string text(prefix);
  const std::size_t wanted = text.size() + kRandomCharacters;
  for (const auto byte : entropy) {
    if (text.size() == wanted) break;
    if (byte < 248) text += kBase62[byte % 62];  // every character equally likely
  }
  if (text.size() != wanted) return std::nullopt;
  text += checksum(text);
  return text;
}

bool is_credential(std::string_view prefix, std::string_view text) {
  if (!text.starts_with(prefix)) return false;
  const auto body = text.substr(prefix.size());
  if (body.size() != kRandomCharacters + kChecksumCharacters) return false;
  if (!std::ranges::all_of(body, [](char c) { return kBase62.contains(c); })) return false;
  const auto unchecked = text.substr(0, text.size() - kChecksumCharacters);
  return checksum(unchecked) == text.substr(unchecked.size());
}

}  // namespace pixelvault::domain
