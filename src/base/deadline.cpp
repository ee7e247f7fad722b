#include "base/deadline.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

namespace pixelvault::base {

namespace asio = boost::asio;

task<void> DeadlineKeeper::run() {
  while (!stopped_) {
    boost::system::error_code cancelled;
    timer_.expires_after(kTick);
    co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    fire_expired(Clock::now());
  }
}

void DeadlineKeeper::stop() {
  stopped_ = true;
  timer_.cancel();
}

void DeadlineKeeper::fire_expired(Clock::time_point now) {
  for (Deadline* deadline : deadlines_) {
    if (deadline->at_ > now) continue;
    deadline->at_ = Clock::time_point::max();
    deadline->expired_ = true;
    deadline->on_expiry_();
  }
}

Deadline::Deadline(DeadlineKeeper& keeper, std::function<void()> on_expiry)
    : keeper_(keeper),
      place_(keeper.deadlines_.insert(keeper.deadlines_.end(), this)),
      on_expiry_(std::move(on_expiry)) {}

Deadline::~Deadline() { keeper_.deadlines_.erase(place_); }

void Deadline::expires_after(std::chrono::milliseconds time) {
  expired_ = false;
  at_ = DeadlineKeeper::Clock::now() + time;
}

void Deadline::clear() { at_ = DeadlineKeeper::Clock::time_point::max(); }

}  // namespace pixelvault::base
