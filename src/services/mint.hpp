// Making new ids, keys, tokens and secrets out of the clock and the random source. Any thread may
// call.
#pragma once

#include "base/time.hpp"
#include "base/type_id.hpp"
#include "domain/api_key.hpp"
#include "domain/link.hpp"
#include "domain/session_token.hpp"
#include "ports/random_source.hpp"

namespace pixelvault::services {

template <class Id>
Id mint_id(base::Timestamp now, ports::RandomSource& random) {
  base::IdEntropy entropy{};
  random.fill(entropy);
  return Id::make(now, entropy);
}

domain::ApiKey mint_key(domain::Environment environment, ports::RandomSource& random);

domain::SessionToken mint_session_token(ports::RandomSource& random);

domain::LinkKey mint_link_key(base::Timestamp now, ports::RandomSource& random);

}  // namespace pixelvault::services
