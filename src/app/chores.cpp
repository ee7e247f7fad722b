#include "app/chores.hpp"

namespace pixelvault::app {

base::task<bool> sweep(UseCases& use) {
  const auto done = co_await use.janitor.sweep();
  co_return done > 0;
}

base::task<bool> flush_bandwidth(UseCases& use) {
  co_await use.bandwidth.flush();
  co_return false;
}

base::task<bool> flush_key_uses(UseCases& use) {
  co_await use.key_uses.flush();
  co_return false;
}

}  // namespace pixelvault::app
