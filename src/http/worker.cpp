#include "http/worker.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <memory>
#include <utility>

#include "base/log.hpp"

namespace pixelvault::http {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

/// Connections that are taken before those that are open have their turn.
constexpr int kAcceptTurn = 64;

/// A session's place in the list of all, for as long as it runs.
class Listed {
 public:
  Listed(std::list<Session*>& sessions, Session& session)
      : sessions_(sessions), place_(sessions.insert(sessions.end(), &session)) {}
  Listed(const Listed&) = delete;
  Listed& operator=(const Listed&) = delete;
  ~Listed() { sessions_.erase(place_); }

 private:
  std::list<Session*>& sessions_;
  std::list<Session*>::iterator place_;
};

}  // namespace

Worker::Worker(const Shared& shared, const asio::ip::tcp::endpoint& endpoint)
    : shared_(shared),
      options_(shared.options),
      listener_(context_, endpoint),
      reactor_(context_),
      grace_(context_),
      keeper_(context_.get_executor()),
      contexts_(shared.options),
      sessions_running_(context_.get_executor()),
      helpers_(context_.get_executor()),
      connections_({.name = "pixelvault_http_connections",
                    .help = "Open connections, by listener.",
                    .labels = {{"listener", options_.name}}}) {}

void Worker::start(Application& application) {
  around_ = std::make_unique<const Session::Surroundings>(
      Session::Surroundings{.options = options_,
                            .application = application,
                            .admission = shared_.admission,
                            .files = shared_.files,
                            .reactor = reactor_,
                            .keeper = keeper_,
                            .contexts = contexts_});
  helpers_.spawn(reactor_.run());
  helpers_.spawn(keeper_.run());
  helpers_.spawn(accept());
  thread_ = std::thread([this] { context_.run(); });
}

void Worker::stop() {
  asio::post(context_, [this] { stop_here(); });
}

void Worker::join() {
  if (thread_.joinable()) thread_.join();
}

void Worker::stop_here() {
  if (std::exchange(stopping_, true)) return;
  listener_.close();
  for (Session* session : sessions_) session->finish();
  helpers_.spawn(abort_after_grace());
  sessions_running_.when_idle([this] {
    grace_.cancel();
    keeper_.stop();
    reactor_.stop();
  });
}

base::task<void> Worker::abort_after_grace() {
  if (sessions_running_.running() == 0) co_return;
  error_code cancelled;
  grace_.expires_after(options_.shutdown_grace);
  co_await grace_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
  if (cancelled) co_return;
  spdlog::warn("{} requests did not finish within the shutdown grace and are cut",
               sessions_.size());
  for (Session* session : sessions_) session->abort();
}

base::task<void> Worker::accept() {
  while (!stopping_) {
    co_await listener_.wait();
    if (stopping_) co_return;
    auto error = accept_waiting();
    if (!error) continue;
    // Out of descriptors, most often: without a pause this loop would only burn the core.
    spdlog::warn("cannot accept a connection: {}", error.message());
    asio::steady_timer pause(context_, std::chrono::milliseconds(100));
    co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
  }
}

error_code Worker::accept_waiting() {
  error_code error;
  for (int i = 0; i < kAcceptTurn; ++i) {
    auto accepted = listener_.accept_now(error);
    if (!accepted) break;
    welcome(*std::move(accepted));
  }
  return error;
}

void Worker::welcome(Listener::Accepted accepted) {
  auto& counters = shared_.admission.counters();
  auto seat = shared_.admission.admit(accepted.peer);
  if (seat) {
    sessions_running_.spawn(serve(std::move(accepted), *std::move(seat)));
  } else if (turning_away_ * options_.threads < options_.max_refusals) {
    counters.refused.fetch_add(1, std::memory_order_relaxed);
    ++turning_away_;
    sessions_running_.spawn(turn_away(std::move(accepted)));
  } else {
    counters.dropped.fetch_add(1, std::memory_order_relaxed);
  }
}

base::task<void> Worker::serve(Listener::Accepted accepted, Admission::Seat) {
  const base::GaugeHold open(connections_);
  Session session(std::move(accepted.socket), std::move(accepted.peer.address), *around_);
  const Listed listed(sessions_, session);
  if (stopping_) session.finish();
  co_await session.run();
}

base::task<void> Worker::turn_away(Listener::Accepted accepted) {
  Session session(std::move(accepted.socket), std::move(accepted.peer.address), *around_);
  const Listed listed(sessions_, session);
  const auto turned = [this](void*) { --turning_away_; };
  const std::unique_ptr<void, decltype(turned)> place(this, turned);
  if (stopping_) session.finish();
  co_await session.turn_away();
}

}  // namespace pixelvault::http
