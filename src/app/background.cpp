#include "app/background.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>

#include "base/log.hpp"
#include "base/metrics.hpp"

namespace pixelvault::app {

namespace asio = boost::asio;

void Background::every(std::chrono::seconds pause, std::string name,
                       std::function<base::task<bool>()> work) {
  group_.spawn(repeat(pause, std::move(name), std::move(work)));
}

void Background::run_until_signal() {
  group_.spawn(wait_for_signal());
  context_.run();
}

base::task<void> Background::wait_for_signal() {
  co_await signals_.async_wait(asio::use_awaitable);
  signals_.clear();  // a second signal ends the process at once
  stopping_ = true;
  for (auto& pause : pauses_) pause.cancel();
}

base::task<void> Background::repeat(std::chrono::seconds pause, std::string name,
                                    std::function<base::task<bool>()> work) {
  auto& timer = pauses_.emplace_back(context_);
  base::Counter failures({.name = "pixelvault_chore_failures_total",
                          .help = "Failures of what is done again and again, by what it is.",
                          .labels = {{"chore", name}}});
  while (!stopping_) {
    bool more = false;
    try {
      more = co_await work();
    } catch (const std::exception& error) {
      failures.add();
      spdlog::warn("the {} failed and is tried again: {}", name, error.what());
    }
    if (stopping_) break;
    if (more) continue;
    boost::system::error_code cancelled;
    timer.expires_after(pause);
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
  }
}

}  // namespace pixelvault::app
