// A whole server, made of its parts. Owned by the command that serves; parts know each other only
// by the references that they get here.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/chores.hpp"
#include "app/config.hpp"
#include "base/task.hpp"

namespace pixelvault::app {

class App {
 public:
  /// Opens the database and the blob store and binds the port; serves nothing yet. Throws when one
  /// of these fails.
  explicit App(const Config& config);
  App(const App&) = delete;
  App& operator=(const App&) = delete;
  ~App();

  void start();
  /// Lets running requests finish, then ends. May be called twice.
  void stop();
  /// Where the server can be reached, e.g. `http://127.0.0.1:8080`.
  std::string local_url() const;
  /// Where the operator's listener is reached; nothing when it is off.
  std::optional<std::string> admin_url() const;

  /// Takes over what a server before this one has left unfinished; before the chores begin.
  base::task<std::size_t> take_over();
  /// What must be done while the server runs.
  std::vector<Chore> chores();
  /// Writes what is only counted in memory; after `stop`.
  base::task<bool> flush();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace pixelvault::app
