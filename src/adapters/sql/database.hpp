// The SQLite database of the server: one writer that commits in groups, and a pool of readers. The
// stores of this room run their statements through it. Any thread may call; it owns its sessions
// and threads, and must outlive the stores.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "adapters/sql/errors.hpp"
#include "adapters/sql/group_commit.hpp"
#include "adapters/sql/read_sessions.hpp"
#include "adapters/sql/session.hpp"
#include "base/blocking_pool.hpp"
#include "base/task.hpp"

namespace pixelvault::adapters::sql {

class Database {
 public:
  struct Options {
    std::filesystem::path file;  ///< made when it is missing; its folder must exist
    std::size_t readers = 4;     ///< threads, each with a session
    std::size_t read_queue = 1024;
    std::size_t write_queue = 1024;
    std::chrono::milliseconds busy_timeout{5000};  ///< for locks of other processes
    bool read_only = false;  ///< of this program's schema already, and left as it is
  };

  /// Opens the file and brings its schema up to date. Throws `Unavailable` when that is impossible,
  /// when the file system cannot give the durability that is promised, or when the schema is newer
  /// than this program.
  explicit Database(const Options& options);

  /// `work(session)` on a reader's thread, inside one transaction, so that all its statements see
  /// the same snapshot.
  template <class F>
  base::task<std::invoke_result_t<F&, Session&>> read(F work) {
    return readers_.run([this, work = std::move(work)]() mutable {
      return folding([&] {
        const ReadSessions::Lease lease(read_sessions_);
        return work(lease.session());
      });
    });
  }

  /// `work(session)` inside a transaction that is on stable storage when this returns. What `work`
  /// throws undoes it and reaches the caller.
  template <class F>
  base::task<std::invoke_result_t<F&, Session&>> write(F work) {
    using R = std::invoke_result_t<F&, Session&>;
    if constexpr (std::is_void_v<R>) {
      co_await writer_.run([&](Session& session) { work(session); });
    } else {
      std::optional<R> result;
      co_await writer_.run([&](Session& session) { result.emplace(work(session)); });
      co_return *std::move(result);  // NOLINT(bugprone-unchecked-optional-access): run has set it
    }
  }

 private:
  std::unique_ptr<Session> write_session_;
  ReadSessions read_sessions_;
  // The threads come last: they are joined before the sessions close.
  GroupCommit writer_;
  base::BlockingPool readers_;
};

}  // namespace pixelvault::adapters::sql
