// A whole number in a column that may be NULL, as SOCI reads and writes it. SOCI may change what it
// was given to write, so a row is bound as a copy. Pure.
#pragma once

#include <soci/soci.h>

#include <cstdint>
#include <optional>
#include <string>

#include "base/time.hpp"

namespace pixelvault::adapters::sql {

struct Nullable {
  long long value = 0;
  soci::indicator indicator = soci::i_null;
};

inline Nullable to_nullable(std::optional<std::int64_t> number) {
  if (!number) return {};
  return {.value = *number, .indicator = soci::i_ok};
}

inline Nullable to_nullable(std::optional<base::Timestamp> time) {
  if (!time) return {};
  return {.value = base::to_unix_millis(*time), .indicator = soci::i_ok};
}

inline std::optional<std::int64_t> to_number(const Nullable& column) {
  if (column.indicator != soci::i_ok) return std::nullopt;
  return column.value;
}

inline std::optional<base::Timestamp> to_time(const Nullable& column) {
  if (column.indicator != soci::i_ok) return std::nullopt;
  return base::from_unix_millis(column.value);
}

inline const std::string kUnnamed;  // SOCI keeps a reference to the name, also when there is none

/// `use` and `into` of a column; the argument must outlive the statement.
inline auto use_nullable(Nullable& column) {
  return soci::use(column.value, column.indicator, kUnnamed);
}
inline auto into_nullable(Nullable& column) { return soci::into(column.value, column.indicator); }

}  // namespace pixelvault::adapters::sql
