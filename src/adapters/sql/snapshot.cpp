#include "adapters/sql/snapshot.hpp"

#include <string>

#include "adapters/sql/errors.hpp"
#include "adapters/sql/rows.hpp"
#include "adapters/sql/session.hpp"

namespace pixelvault::adapters::sql {

void write_snapshot(const std::filesystem::path& database, const std::filesystem::path& into) {
  const auto session = open_writer(database, std::chrono::seconds(5));
  const std::string name = into.string();
  // Its read transaction holds back only the shortening of the write-ahead log.
  folding([&] { run(*session, "VACUUM INTO :name", soci::use(name)); });
}

}  // namespace pixelvault::adapters::sql
