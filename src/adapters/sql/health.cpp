#include "adapters/sql/health.hpp"

namespace pixelvault::adapters::sql {

base::task<void> DatabaseProbe::check() {
  co_await database_.write([](soci::session& session) {
    session << "INSERT INTO health (id, checks) VALUES (1, 1) "
               "ON CONFLICT (id) DO UPDATE SET checks = health.checks + 1";
  });
  co_await database_.read([](soci::session& session) {
    long long checks = 0;
    session << "SELECT checks FROM health WHERE id = 1", soci::into(checks);
  });
}

}  // namespace pixelvault::adapters::sql
