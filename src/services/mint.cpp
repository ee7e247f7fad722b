#include "services/mint.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/encoding.hpp"

namespace pixelvault::services {
namespace {

domain::CredentialEntropy draw(ports::RandomSource& random) {
  domain::CredentialEntropy entropy{};
  random.fill(entropy);
  return entropy;
}

}  // namespace

domain::ApiKey mint_key(domain::Environment environment, ports::RandomSource& random) {
  for (;;) {
    if (auto key = domain::ApiKey::make(environment, draw(random))) return *std::move(key);
  }
}

domain::SessionToken mint_session_token(ports::RandomSource& random) {
  for (;;) {
    if (auto token = domain::SessionToken::make(draw(random))) return *std::move(token);
  }
}

domain::LinkKey mint_link_key(base::Timestamp now, ports::RandomSource& random) {
  constexpr std::size_t kIdCharacters = 8;
  std::array<std::uint8_t, 16> name{};
  std::array<std::uint8_t, 32> secret{};
  random.fill(name);
  random.fill(secret);
  // The first of the characters holds three bits only.
  domain::LinkKey key{.id = base::to_base32(name).substr(1, kIdCharacters), .created_at = now};
  std::ranges::transform(secret, key.secret.begin(), [](auto byte) { return std::byte{byte}; });
  return key;
}

}  // namespace pixelvault::services
