#include "http/reactor.hpp"

#include <sched.h>

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <span>
#include <system_error>
#include <utility>

namespace pixelvault::http {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

/// Rounds of events before the context's other work has its turn.
constexpr int kRounds = 4;
/// Events after which the core is offered to whoever waits for it: a worker that always finds more
/// to do would keep its clients on the same machine, and the threads that sync, waiting for its
/// whole slice. That is worth a factor in the 99th percentile (docs/performance.md).
constexpr int kTurn = 16;

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

int make_epoll() {
  const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
  if (epoll < 0) fail("epoll_create1");
  return epoll;
}

}  // namespace

Reactor::Reactor(asio::io_context& context) : context_(context), epoll_(context, make_epoll()) {}

base::task<void> Reactor::run() {
  error_code ignored;
  int resumed = 0;
  for (int round = 0; !stopped_; ++round) {
    const int count = ::epoll_wait(epoll_.native_handle(), events_.data(), kEvents, /*timeout=*/0);
    if (count <= 0) {
      co_await epoll_.async_wait(asio::posix::descriptor_base::wait_read,
                                 asio::redirect_error(asio::use_awaitable, ignored));
      continue;
    }
    resume_ready(count);
    resumed += count;
    if (resumed >= kTurn) {
      resumed = 0;
      ::sched_yield();
    }
    if (round % kRounds == 0) co_await asio::post(executor(), asio::use_awaitable);
  }
}

void Reactor::stop() {
  stopped_ = true;
  error_code ignored;
  epoll_.cancel(ignored);
}

void Reactor::resume_ready(int count) {
  for (auto& event : std::span(events_).first(static_cast<std::size_t>(count))) {
    if (event.data.ptr != nullptr) static_cast<Socket*>(event.data.ptr)->tell(event.events);
  }
}

// Who is resumed may end other sockets, of which there may be events behind.
void Reactor::forget(const Socket& socket) {
  for (auto& event : events_) {
    if (event.data.ptr == &socket) event.data.ptr = nullptr;
  }
}

Reactor::Socket::Socket(Reactor& reactor, base::UniqueFd socket)
    : reactor_(reactor), socket_(std::move(socket)) {
  epoll_event event{};
  event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | static_cast<std::uint32_t>(EPOLLET);
  event.data.ptr = this;
  if (::epoll_ctl(reactor_.epoll_.native_handle(), EPOLL_CTL_ADD, socket_.get(), &event) != 0) {
    fail("epoll_ctl");
  }
}

Reactor::Socket::~Socket() { reactor_.forget(*this); }

void Reactor::Socket::exhausted(Side side) { at(side).ready = false; }

base::task<bool> Reactor::Socket::wait(Side side) {
  if (is_ready(side)) co_return true;
  if (!socket_) co_return false;
  const auto begin = [&](auto handler) {
    at(side).resume = [handler = std::move(handler)](bool ready) mutable {
      std::move(handler)(ready);
    };
  };
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<>&, void(bool)>(
      begin, asio::use_awaitable);
}

// The socket may be gone when a resumed coroutine comes back, but not after the first of two:
// whoever ends it waits for neither side.
void Reactor::Socket::tell(std::uint32_t events) {
  constexpr std::uint32_t kOver = EPOLLHUP | EPOLLERR;
  if ((events & EPOLLIN) != 0) at(Side::Read).ready = true;
  if ((events & EPOLLOUT) != 0) at(Side::Write).ready = true;
  // A client that sends no more may well go on reading.
  if ((events & (kOver | EPOLLRDHUP)) != 0) at(Side::Read).over = true;
  if ((events & kOver) != 0) at(Side::Write).over = true;
  std::array<std::move_only_function<void(bool)>, 2> resumed;
  for (std::size_t i = 0; i < sides_.size(); ++i) {
    if (sides_[i].ready || sides_[i].over) resumed[i] = std::exchange(sides_[i].resume, nullptr);
  }
  for (auto& resume : resumed) {
    if (resume) resume(true);
  }
}

// Not at once: whoever cancels may be in the middle of something that the coroutine would change.
void Reactor::Socket::give_up(Waiting& waiting) {
  if (!waiting.resume) return;
  asio::post(reactor_.context_,
             [resume = std::exchange(waiting.resume, nullptr)]() mutable { resume(false); });
}

void Reactor::Socket::cancel() {
  for (auto& side : sides_) give_up(side);
}

void Reactor::Socket::close() {
  socket_.reset();
  for (auto& side : sides_) {
    side.ready = side.over = false;
    give_up(side);
  }
}

}  // namespace pixelvault::http
