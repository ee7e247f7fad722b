#include "http/connection.hpp"

#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>

namespace pixelvault::http {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

/// Takes at most `bytes` off the socket without copying them anywhere: MSG_TRUNC discards inside
/// the kernel (tcp(7)). The bare system call, because ThreadSanitizer takes recv() for a write to
/// its buffer, here null.
long discard(int socket, std::size_t bytes) {
  return ::syscall(SYS_recvfrom, socket, nullptr, bytes, MSG_TRUNC, nullptr, nullptr);
}

}  // namespace

Connection::Connection(Socket socket, base::DeadlineKeeper& keeper, const Options& options)
    : options_(options), socket_(std::move(socket)), deadline_(keeper, [this] { cancel(); }) {
  error_code ignored;
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  socket_.native_non_blocking(true, ignored);
}

std::string Connection::remote_address() const {
  error_code error;
  const auto endpoint = socket_.remote_endpoint(error);
  if (error) return {};
  const auto address = endpoint.address();
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  }
  return address.to_string();
}

void Connection::cancel() {
  error_code ignored;
  socket_.cancel(ignored);
}

void Connection::close() {
  error_code ignored;
  socket_.close(ignored);
}

void Connection::give_back_memory() {
  constexpr std::size_t kKept = 8UL * 1024;
  if (buffer_.capacity() > kKept) buffer_.shrink_to_fit();
}

base::task<bool> Connection::wait(Socket::wait_type what) {
  error_code error;
  co_await socket_.async_wait(what, asio::redirect_error(asio::use_awaitable, error));
  co_return !error;
}

base::task<bool> Connection::wait_readable() { return wait(Socket::wait_read); }

base::task<base::ReadResult> Connection::fill(std::size_t bytes) {
  const auto space = buffer_.prepare(bytes);
  const base::MutableBytes into(static_cast<std::byte*>(space.data()), space.size());
  const auto read = co_await read_some(into);
  if (read) buffer_.commit(read->size());
  co_return read;
}

base::task<base::ReadResult> Connection::read_some(base::MutableBytes into) {
  error_code error;
  const auto count = co_await socket_.async_read_some(
      asio::buffer(into.data(), into.size()), asio::redirect_error(asio::use_awaitable, error));
  if (error == asio::error::eof) co_return base::ByteView{};
  if (deadline_.expired()) co_return std::unexpected(base::ReadError::TimedOut);
  if (error) co_return std::unexpected(base::ReadError::Ended);
  co_return into.first(count);
}

base::task<bool> Connection::send(std::string_view bytes, Flush flush) {
  const int flags = MSG_NOSIGNAL | (flush == Flush::More ? MSG_MORE : 0);
  while (!bytes.empty()) {
    const auto sent = ::send(socket_.native_handle(), bytes.data(), bytes.size(), flags);
    if (sent >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
      continue;
    }
    if (errno == EINTR) continue;
    if (errno != EAGAIN) co_return false;
    deadline_.expires_after(options_.send_timeout);
    if (!co_await wait(Socket::wait_write)) co_return false;
  }
  co_return true;
}

base::task<bool> Connection::send_file(const base::FileRegion& region, std::uint64_t& sent) {
  auto offset = static_cast<off_t>(region.offset);
  while (sent < region.length) {
    const auto count =
        ::sendfile(socket_.native_handle(), region.file->get(), &offset, region.length - sent);
    if (count > 0) {
      sent += static_cast<std::uint64_t>(count);
      continue;
    }
    if (count == 0) co_return false;  // the file is shorter than its record says
    if (errno == EINTR) continue;
    if (errno != EAGAIN) co_return false;
    deadline_.expires_after(options_.send_timeout);
    if (!co_await wait(Socket::wait_write)) co_return false;
  }
  co_return true;
}

base::task<void> Connection::close_gently() {
  constexpr std::size_t kDrainTurn = 1024UL * 1024;
  error_code error;
  socket_.shutdown(Socket::shutdown_send, error);
  deadline_.expires_after(options_.drain_timeout);
  std::uint64_t drained = buffer_.size();
  while (!error && !deadline_.expired() && drained < options_.drain_bytes) {
    const auto count = discard(socket_.native_handle(), kDrainTurn);
    if (count == 0) co_return;
    if (count > 0) {
      drained += static_cast<std::uint64_t>(count);
    } else if (errno == EAGAIN) {
      if (!co_await wait(Socket::wait_read)) co_return;
    } else if (errno != EINTR) {
      co_return;
    }
  }
}

}  // namespace pixelvault::http
