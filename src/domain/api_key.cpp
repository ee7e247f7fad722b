#include "domain/api_key.hpp"

namespace pixelvault::domain {
namespace {
constexpr std::string_view kLive = "pv_live_";
constexpr std::string_view kTest = "pv_test_";
}  // namespace

std::optional<ApiKey> ApiKey::make(Environment environment, const KeyEntropy& entropy) {
  auto text = make_credential(environment == Environment::Live ? kLive : kTest, entropy);
  if (!text) return std::nullopt;
  return ApiKey(*std::move(text));
}

std::optional<ApiKey> ApiKey::parse(std::string_view text) {
  if (!is_credential(kLive, text) && !is_credential(kTest, text)) return std::nullopt;
  return ApiKey(std::string(text));
}

Environment ApiKey::environment() const {
  return text_.starts_with(kLive) ? Environment::Live : Environment::Test;
}

}  // namespace pixelvault::domain
