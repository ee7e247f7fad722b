#include "adapters/sodium/initialise.hpp"

#include <sodium.h>

#include "base/unavailable.hpp"

namespace pixelvault::adapters::sodium {

void initialise() {
  static const int result = sodium_init();
  if (result >= 0) return;
  throw base::Unavailable(base::Unavailable::Kind::Fail, "libsodium cannot be set up");
}

}  // namespace pixelvault::adapters::sodium
