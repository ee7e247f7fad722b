// What SQLite's errors mean for a caller: try again, the disk is full, broken, or a bug of ours.
// Every call into SOCI that can leave this room stands inside `folding`. Any thread.
#pragma once

#include <soci/soci.h>

#include <utility>

namespace pixelvault::adapters::sql {

/// Throws `base::Unavailable` (Retry, DiskFull or Fail), or `std::logic_error` for statements and
/// constraints that the program got wrong.
[[noreturn]] void throw_folded(const soci::soci_error& error);

/// Whether `statement` worked; for ends of transactions that an error may have ended already.
bool try_execute(soci::session& session, const char* statement);

/// `work()`, with the errors of SOCI and SQLite folded. Other exceptions pass.
template <class F>
decltype(auto) folding(F&& work) {
  try {
    return std::forward<F>(work)();
  } catch (const soci::soci_error& error) {
    throw_folded(error);
  }
}

}  // namespace pixelvault::adapters::sql
