#include "http/connection.hpp"

#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>

namespace pixelvault::http {

namespace asio = boost::asio;
using Side = Reactor::Socket::Side;
using Clock = base::DeadlineKeeper::Clock;

namespace {

/// Of a client that never stops sending is received so often before the others have their turn.
constexpr unsigned kReceiveTurn = 8;

/// Takes at most `bytes` off the socket without copying them anywhere: MSG_TRUNC discards inside
/// the kernel (tcp(7)). The bare system call, because ThreadSanitizer takes recv() for a write to
/// its buffer, here null.
long discard(int socket, std::size_t bytes) {
  return ::syscall(SYS_recvfrom, socket, nullptr, bytes, MSG_TRUNC, nullptr, nullptr);
}

/// The first two texts, in one call.
ssize_t send_gathered(int socket, std::span<const std::string_view> texts, int flags) {
  if (texts.size() == 1 || texts[1].empty()) {
    return ::send(socket, texts[0].data(), texts[0].size(), flags);
  }
  std::array<iovec, 2> parts{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    parts[i] = {.iov_base = const_cast<char*>(texts[i].data()), .iov_len = texts[i].size()};
  }
  msghdr message{};
  message.msg_iov = parts.data();
  message.msg_iovlen = parts.size();
  return ::sendmsg(socket, &message, flags);
}

void remove_sent(std::span<std::string_view> texts, std::size_t sent) {
  for (auto& text : texts) {
    const auto count = std::min(sent, text.size());
    text.remove_prefix(count);
    sent -= count;
  }
}

}  // namespace

Connection::Connection(base::UniqueFd socket, Reactor& reactor, base::DeadlineKeeper& keeper,
                       const Options& options)
    : options_(options),
      socket_(reactor, std::move(socket)),
      deadline_(keeper, [this] { cancel(); }),
      pace_(options) {}

void Connection::cancel() {
  ++cancels_;
  socket_.cancel();
}

void Connection::close() { socket_.close(); }

std::optional<base::ReadResult> Connection::receive_now(base::MutableBytes into) {
  for (;;) {
    const auto count = ::recv(socket_.get(), into.data(), into.size(), 0);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno != EAGAIN) return std::unexpected(base::ReadError::Ended);
    // Having taken less than there was room for is having taken all: no need to ask once more.
    if (count < static_cast<ssize_t>(into.size())) socket_.exhausted(Side::Read);
    // At the end of a connection there is nothing to wait for.
    if (count < 0 && socket_.is_ready(Side::Read)) return std::unexpected(base::ReadError::Ended);
    if (count < 0) return std::nullopt;
    return into.first(static_cast<std::size_t>(count));
  }
}

base::task<base::ReadResult> Connection::receive(base::MutableBytes into) {
  const auto cancels = cancels_;
  if (++received_ % kReceiveTurn == 0) co_await yield();
  while (cancels == cancels_) {
    if (socket_.is_ready(Side::Read)) {
      const auto received = receive_now(into);
      if (received) co_return *received;
    }
    if (!co_await socket_.wait(Side::Read)) break;
    received_ = 0;
  }
  co_return std::unexpected(deadline_.expired() ? base::ReadError::TimedOut
                                                : base::ReadError::Ended);
}

void Connection::begin_response() {
  pace_ = Pace(options_);
  sent_ = 0;
}

bool Connection::is_full() {
  if (errno != EAGAIN) return false;
  socket_.exhausted(Side::Write);
  return true;
}

bool Connection::send_now(std::span<std::string_view> texts, Flush flush) {
  const int flags = MSG_NOSIGNAL | (flush == Flush::More ? MSG_MORE : 0);
  for (;;) {
    while (!texts.empty() && texts.front().empty()) texts = texts.subspan(1);
    if (texts.empty()) return true;
    const auto sent = send_gathered(socket_.get(), texts, flags);
    if (sent < 0 && is_full()) return true;
    if (sent < 0 && errno != EINTR) return false;
    if (sent < 0) continue;
    sent_ += static_cast<std::uint64_t>(sent);
    remove_sent(texts, static_cast<std::size_t>(sent));
  }
}

base::task<bool> Connection::send(std::string_view bytes, Flush flush) {
  std::array<std::string_view, 1> left = {bytes};
  for (;;) {
    if (!send_now(left, flush)) co_return false;
    if (left[0].empty()) co_return true;
    if (!co_await wait_writable()) co_return false;
  }
}

bool Connection::send_file_now(base::FileRegion& region) {
  while (region.length > 0) {
    auto offset = static_cast<off_t>(region.offset);
    const auto count = ::sendfile(socket_.get(), region.file->get(), &offset, region.length);
    if (count == 0) return false;  // the file is shorter than its record says
    if (count < 0 && is_full()) return true;
    if (count < 0 && errno != EINTR) return false;
    if (count < 0) continue;
    sent_ += static_cast<std::uint64_t>(count);
    region.offset += static_cast<std::uint64_t>(count);
    region.length -= static_cast<std::uint64_t>(count);
  }
  return true;
}

// What the kernel holds for the client has not been taken by it.
std::uint64_t Connection::taken_by_client() {
  int held = 0;
  if (::ioctl(socket_.get(), SIOCOUTQ, &held) != 0) return sent_;
  return sent_ - std::min<std::uint64_t>(sent_, static_cast<std::uint64_t>(held));
}

// A deep queue of the kernel becomes writable rarely; a client that empties it meanwhile is not one
// that takes nothing.
base::task<bool> Connection::wait_writable() {
  auto taken = taken_by_client();
  for (;;) {
    const auto begun = Clock::now();
    deadline_.expires_after(std::min(options_.send_timeout, pace_.left(taken)));
    const bool writable = co_await socket_.wait(Side::Write);
    pace_.waited(Clock::now() - begun);
    deadline_.clear();
    if (writable) co_return true;
    if (!deadline_.expired()) co_return false;
    const auto before = std::exchange(taken, taken_by_client());
    if (taken == before) co_return false;
    if (pace_.left(taken) <= std::chrono::milliseconds::zero()) co_return false;
  }
}

base::task<void> Connection::yield() {
  co_await asio::post(socket_.reactor().executor(), asio::use_awaitable);
}

base::task<void> Connection::close_gently(std::chrono::milliseconds time, std::uint64_t drained) {
  constexpr std::size_t kDrainTurn = 1024UL * 1024;
  const bool open = ::shutdown(socket_.get(), SHUT_WR) == 0;
  deadline_.expires_after(time);
  while (open && !deadline_.expired() && drained < options_.drain_bytes) {
    const auto count = discard(socket_.get(), kDrainTurn);
    if (count == 0) co_return;
    if (count > 0) {
      drained += static_cast<std::uint64_t>(count);
    } else if (errno == EAGAIN) {
      socket_.exhausted(Side::Read);
      if (!co_await socket_.wait(Side::Read)) co_return;
    } else if (errno != EINTR) {
      co_return;
    }
  }
}

}  // namespace pixelvault::http
