// Runs statements, each prepared once a session. A row is a struct of the variables that SOCI
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

#include "adapters/sql/session.hpp"

namespace pixelvault::adapters::sql {

/// `work(statement)` with the session's statement for `sql`. It must bind what it exchanges, and
/// run the statement to its end, since one that is not would keep its snapshot.
template <class F>
auto with_statement(Session& session, const std::string& sql, F work) {
  soci::statement& statement = session.prepared(sql);
  try {
    auto result = work(statement);
    statement.bind_clean_up();
    return result;
  } catch (...) {
    session.forget(sql);
    throw;
  }
}

/// Runs a statement that gives at most one row; whether there was one. `exchanges` are results of
/// `soci::use` and `soci::into`.
template <class... Exchanges>
bool run(Session& session, const std::string& sql, const Exchanges&... exchanges) {
  return with_statement(session, sql, [&](soci::statement& statement) {
    (statement.exchange(exchanges), ...);
    statement.define_and_bind();
    const bool found = statement.execute(/*withDataExchange=*/true);
    while (found && statement.fetch()) continue;
    return found;
  });
}

/// Runs a statement, whose uses are exchanged, to its end; every row, converted.
template <class Row, class Convert>
auto fetch_all(soci::statement& statement, Convert convert) {
  Row row;
  read_into(statement, row);
  statement.define_and_bind();
  std::vector<std::invoke_result_t<Convert, const Row&>> values;
  statement.execute();
  while (statement.fetch()) values.push_back(convert(row));
  return values;
}

/// Every row of `sql`, converted. `uses` are the results of `soci::use`.
template <class Row, class Convert, class... Uses>
auto select_all(Session& session, const std::string& sql, Convert convert, const Uses&... uses) {
  return with_statement(session, sql, [&](soci::statement& statement) {
    (statement.exchange(uses), ...);
    return fetch_all<Row>(statement, convert);
  });
}

/// The first row, if there is one.
template <class Row, class Convert, class... Uses>
auto select_one(Session& session, const std::string& sql, Convert convert, const Uses&... uses) {
  auto values = select_all<Row>(session, sql, convert, uses...);
  using Value = typename decltype(values)::value_type;
  return values.empty() ? std::optional<Value>() : std::optional<Value>(std::move(values.front()));
}

/// Runs a statement that changes rows; how many it changed.
template <class... Uses>
std::uint32_t changed_rows(Session& session, const std::string& sql, const Uses&... uses) {
  return with_statement(session, sql, [&](soci::statement& statement) {
    (statement.exchange(uses), ...);
    statement.define_and_bind();
    statement.execute(/*withDataExchange=*/true);
    return static_cast<std::uint32_t>(statement.get_affected_rows());
  });
}

}  // namespace pixelvault::adapters::sql
