// Deadlines for awaited I/O, cheap enough to set on every request: setting one stores a time, and
// one timer a keeper looks at all of them a few times a second. A keeper and its deadlines belong
// to one thread (the one that runs the keeper's executor); only `stop` may be called after others
// are gone.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <list>

#include "base/task.hpp"

namespace pixelvault::base {

class Deadline;

class DeadlineKeeper {
 public:
  using Clock = std::chrono::steady_clock;
  /// How late a deadline may fire.
  static constexpr std::chrono::milliseconds kTick{100};

  explicit DeadlineKeeper(const boost::asio::any_io_executor& executor) : timer_(executor) {}
  DeadlineKeeper(const DeadlineKeeper&) = delete;
  DeadlineKeeper& operator=(const DeadlineKeeper&) = delete;

  /// Looks after the deadlines until `stop`; spawned once by the owner.
  task<void> run();
  void stop();

 private:
  friend class Deadline;
  void fire_expired(Clock::time_point now);

  boost::asio::steady_timer timer_;
  std::list<Deadline*> deadlines_;
  bool stopped_ = false;
};

/// One thing that must not take for ever. When the time is over `on_expiry` runs once, on the
/// keeper's thread; it must only cancel (it must not destroy the deadline).
class Deadline {
 public:
  Deadline(DeadlineKeeper& keeper, std::function<void()> on_expiry);
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;
  ~Deadline();

  /// Replaces whatever was set before, and forgets an earlier expiry.
  void expires_after(std::chrono::milliseconds time);
  void clear();
  /// Whether the time last set ran out.
  bool expired() const { return expired_; }

 private:
  friend class DeadlineKeeper;

  DeadlineKeeper& keeper_;
  std::list<Deadline*>::iterator place_;
  std::function<void()> on_expiry_;
  DeadlineKeeper::Clock::time_point at_ = DeadlineKeeper::Clock::time_point::max();
  bool expired_ = false;
};

}  // namespace pixelvault::base
