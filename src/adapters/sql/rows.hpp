// Runs statements that give or change many rows. A row is a struct of the variables that SOCI
// fills, bound by a function `read_into(statement, row)` beside it. Used by the stores, on the
// thread that has the session.
#pragma once

#include <soci/soci.h>

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace pixelvault::adapters::sql {

inline void prepare(soci::statement& statement, const std::string& sql) {
  statement.alloc();
  statement.prepare(sql);
  statement.define_and_bind();
}

/// Runs a prepared statement to its end, since one that is not would keep its snapshot.
template <class Row, class Convert>
auto fetch_all(soci::statement& statement, const Row& row, Convert convert) {
  std::vector<std::invoke_result_t<Convert, const Row&>> values;
  statement.execute();
  while (statement.fetch()) values.push_back(convert(row));
  return values;
}

/// Every row of `sql`, converted. `uses` are the results of `soci::use`.
template <class Row, class Convert, class... Uses>
auto select_all(soci::session& session, const std::string& sql, Convert convert,
                const Uses&... uses) {
  Row row;
  soci::statement statement(session);
  (statement.exchange(uses), ...);
  read_into(statement, row);
  prepare(statement, sql);
  return fetch_all(statement, row, convert);
}

/// The first row, if there is one.
template <class Row, class Convert, class... Uses>
auto select_one(soci::session& session, const std::string& sql, Convert convert,
                const Uses&... uses) {
  auto values = select_all<Row>(session, sql, convert, uses...);
  using Value = typename decltype(values)::value_type;
  return values.empty() ? std::optional<Value>() : std::optional<Value>(std::move(values.front()));
}

/// Runs a statement that changes rows; how many it changed.
template <class... Uses>
std::uint32_t changed_rows(soci::session& session, const std::string& sql, const Uses&... uses) {
  soci::statement statement(session);
  (statement.exchange(uses), ...);
  prepare(statement, sql);
  statement.execute(true);
  return static_cast<std::uint32_t>(statement.get_affected_rows());
}

}  // namespace pixelvault::adapters::sql
