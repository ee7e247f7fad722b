#include "adapters/sql/errors.hpp"

#include <soci/sqlite3/soci-sqlite3.h>

#include <stdexcept>
#include <string>

#include "base/unavailable.hpp"

namespace pixelvault::adapters::sql {

using base::Unavailable;

namespace {

constexpr int kPrimaryCode = 0xFF;  // the rest of a result code says more of the same

[[noreturn]] void throw_for_code(int code, const std::string& what) {
  switch (code & kPrimaryCode) {
    case SQLITE_FULL:
      throw Unavailable(Unavailable::Kind::DiskFull, what);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
    case SQLITE_NOMEM:
      throw Unavailable(Unavailable::Kind::Retry, what);
    case SQLITE_ERROR:
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
    case SQLITE_TOOBIG:
      throw std::logic_error(what);
    default:
      throw Unavailable(Unavailable::Kind::Fail, what);
  }
}

}  // namespace

void throw_folded(const soci::soci_error& error) {
  // Parameter values stay out of the message: it goes to the log, and they are the clients'.
  const std::string what = "database: " + error.get_error_message();
  if (const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&error)) {
    throw_for_code(sqlite->result(), what);
  }
  throw std::logic_error(what);  // SOCI's own: wrong types, missing bindings, unexpected nulls
}

bool try_execute(soci::session& session, const char* statement) {
  try {
    session << statement;
    return true;
  } catch (const soci::soci_error&) {
    return false;
  }
}

}  // namespace pixelvault::adapters::sql
