// Who is made of what: the one object that owns every part of a server.
#pragma once

#include <memory>
#include <string>

#include "app/config.hpp"
#include "base/task.hpp"

namespace pixelvault::app {

class App {
 public:
  /// Opens the stores and binds the port; nothing is served yet. Throws when one of them cannot be
  /// had.
  explicit App(const Config& config);
  ~App();

  /// Begins to serve.
  void start();
  /// Stops accepting, and returns when the last request is over or cut.
  void stop();
  /// Where this server listens, e.g. `http://127.0.0.1:8080`.
  std::string local_url() const;
  /// One round of the janitor; says whether more may be due.
  base::task<bool> sweep();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace pixelvault::app
