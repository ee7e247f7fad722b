#include "http/worker.hpp"

#include <sys/socket.h>

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>

#include "base/log.hpp"

namespace pixelvault::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {
using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
constexpr int kBacklog = 4096;
}  // namespace

Worker::Worker(const Options& options, const tcp::endpoint& endpoint)
    : options_(options),
      acceptor_(context_),
      grace_(context_),
      keeper_(context_.get_executor()),
      sessions_running_(context_.get_executor()),
      helpers_(context_.get_executor()),
      connections_({.name = "pixelvault_http_connections",
                    .help = "Open connections, by listener.",
                    .labels = {{"listener", options.name}}}) {
  acceptor_.open(endpoint.protocol());
  acceptor_.set_option(tcp::acceptor::reuse_address(true));
  acceptor_.set_option(ReusePort(true));
  acceptor_.bind(endpoint);
  acceptor_.listen(kBacklog);
}

void Worker::start(Application& application) {
  helpers_.spawn(keeper_.run());
  helpers_.spawn(accept(application));
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
  error_code ignored;
  acceptor_.close(ignored);
  for (Session* session : sessions_) session->finish();
  helpers_.spawn(abort_after_grace());
  sessions_running_.when_idle([this] {
    grace_.cancel();
    keeper_.stop();
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

base::task<void> Worker::accept(Application& application) {
  while (!stopping_) {
    error_code error;
    Socket socket(context_);
    co_await acceptor_.async_accept(socket, asio::redirect_error(asio::use_awaitable, error));
    if (!error) {
      sessions_running_.spawn(serve(std::move(socket), application));
    } else if (error != asio::error::operation_aborted) {
      // Out of descriptors, most often: without a pause this loop would only burn the core.
      spdlog::warn("cannot accept a connection: {}", error.message());
      asio::steady_timer pause(context_, std::chrono::milliseconds(100));
      co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
    }
  }
}

base::task<void> Worker::serve(Socket socket, Application& application) {
  const base::GaugeHold open(connections_);
  Session session(std::move(socket), keeper_, options_, application);
  const auto place = sessions_.insert(sessions_.end(), &session);
  if (stopping_) session.finish();
  try {
    co_await session.run();
  } catch (...) {
    sessions_.erase(place);
    throw;
  }
  sessions_.erase(place);
}

}  // namespace pixelvault::http
