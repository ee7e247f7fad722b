#include "services/mint.hpp"

namespace pixelvault::services {

domain::ApiKey mint_key(domain::Environment environment, ports::RandomSource& random) {
  for (;;) {
    domain::KeyEntropy entropy{};
    random.fill(entropy);
    if (auto key = domain::ApiKey::make(environment, entropy)) return *std::move(key);
  }
}

}  // namespace pixelvault::services
