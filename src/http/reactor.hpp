// Tells coroutines when their sockets can be read or written. Asio could, at the price of a system
// call for every wait: here a socket is registered once, edge-triggered, and what the kernel has
// said of it is remembered (docs/decisions/0014). Everything belongs to one thread, that of the
// context.
#pragma once

#include <sys/epoll.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <functional>

#include "base/task.hpp"
#include "base/unique_fd.hpp"

namespace pixelvault::http {

class Reactor {
 public:
  class Socket;

  /// Throws `std::system_error` when the kernel has no descriptor left.
  explicit Reactor(boost::asio::io_context& context);

  /// Resumes who waits, until `stop`; spawned once by the owner.
  base::task<void> run();
  void stop();

  boost::asio::io_context::executor_type executor() { return context_.get_executor(); }

 private:
  static constexpr int kEvents = 128;  // that are taken at a time

  void resume_ready(int count);
  void forget(const Socket& socket);

  boost::asio::io_context& context_;
  boost::asio::posix::basic_stream_descriptor<boost::asio::io_context::executor_type> epoll_;
  std::array<epoll_event, kEvents> events_{};
  bool stopped_ = false;
};

/// A socket that does not block, and what is known of it.
class Reactor::Socket {
 public:
  enum class Side { Read, Write };

  /// Throws `std::system_error` when it cannot be watched.
  Socket(Reactor& reactor, base::UniqueFd socket);
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  ~Socket();

  /// The descriptor; -1 when it is closed.
  int get() const { return socket_.get(); }
  Reactor& reactor() { return reactor_; }

  /// Whether trying is worth it.
  bool is_ready(Side side) const { return at(side).ready || at(side).over; }
  /// The kernel has no more for now (EAGAIN, or less than there was room for: epoll(7)).
  void exhausted(Side side);
  /// Returns when `is_ready`; false when that was given up with `cancel` or `close`. One coroutine
  /// at a time may wait for each side.
  base::task<bool> wait(Side side);

  /// Resumes who waits, a little later.
  void cancel();
  void close();

 private:
  friend class Reactor;
  struct Waiting {
    bool ready = false;
    bool over = false;  // for ever: the next try tells the end, or the error
    std::move_only_function<void(bool)> resume;
  };

  Waiting& at(Side side) { return sides_[side == Side::Read ? 0 : 1]; }
  const Waiting& at(Side side) const { return sides_[side == Side::Read ? 0 : 1]; }
  void tell(std::uint32_t events);
  void give_up(Waiting& waiting);

  Reactor& reactor_;
  base::UniqueFd socket_;
  std::array<Waiting, 2> sides_;
};

}  // namespace pixelvault::http
