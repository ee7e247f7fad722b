#include "app/chores.hpp"

#include "app/use_cases.hpp"

namespace pixelvault::app {

namespace {

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

base::task<bool> watch_outbox(UseCases& use) {
  co_await use.outbox_watch.look();
  co_return false;
}

base::task<bool> sweep_segments(UseCases& use) {
  co_await use.world.blobs.segments().sweep_next();
  co_return false;
}

}  // namespace

std::vector<Chore> make_chores(UseCases& use) {
  using std::chrono::seconds;
  return {{"janitor", seconds(5), [&use] { return sweep(use); }},
          {"exports", seconds(1), [&use] { return use.export_worker.run_once(); }},
          {"metering of bandwidth", seconds(2), [&use] { return flush_bandwidth(use); }},
          {"noting of key uses", seconds(60), [&use] { return flush_key_uses(use); }},
          {"watch of the outbox", seconds(5), [&use] { return watch_outbox(use); }},
          {"sweep of segments", seconds(60), [&use] { return sweep_segments(use); }}};
}

}  // namespace pixelvault::app
