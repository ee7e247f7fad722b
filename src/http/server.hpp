// The listening edge: one thread, one event loop and one SO_REUSEPORT acceptor a core, so that a
// connection lives and dies on one core. `start` and `stop` may be called from any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "http/application.hpp"
#include "http/edge_counters.hpp"
#include "http/options.hpp"

namespace pixelvault::http {

class Admission;
class EdgeMetrics;
class FileReads;
class Worker;
class Server {
 public:
  /// Binds and listens; throws `std::system_error` when the address cannot be had. Nothing is
  /// accepted yet.
  explicit Server(Options options);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  /// Stops (see `stop`) and waits for the threads.
  ~Server();

  /// The port that was bound, also when the kernel chose it.
  std::uint16_t port() const { return options_.port; }

  /// What the edge has done and does; lives as long as the server.
  const EdgeCounters& counters() const;

  /// Begins to accept. The application must outlive the server.
  void start(Application& application);
  /// Stops accepting, lets running requests finish for at most `shutdown_grace`, then ends them.
  void stop();
  /// Waits until the last connection is over.
  void join();

 private:
  Options options_;
  std::unique_ptr<Admission> admission_;
  std::unique_ptr<EdgeMetrics> metrics_;
  std::unique_ptr<FileReads> files_;
  std::vector<std::unique_ptr<Worker>> workers_;
};

}  // namespace pixelvault::http
