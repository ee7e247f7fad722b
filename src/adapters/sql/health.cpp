#include "adapters/sql/health.hpp"

#include "adapters/sql/rows.hpp"

namespace pixelvault::adapters::sql {

base::task<void> DatabaseProbe::check() {
  co_await database_.write([](Session& session) {
    run(session,
        "INSERT INTO health (id, checks) VALUES (1, 1) "
        "ON CONFLICT (id) DO UPDATE SET checks = health.checks + 1");
  });
  co_await database_.read([](Session& session) {
    long long checks = 0;
    run(session, "SELECT checks FROM health WHERE id = 1", soci::into(checks));
  });
}

}  // namespace pixelvault::adapters::sql
