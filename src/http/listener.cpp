#include "http/listener.hpp"

#include <sys/socket.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <utility>

namespace pixelvault::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

/// Failures of one connection, not of the listener (accept(2)).
bool is_of_one_connection(int error) {
  return error == EINTR || error == ECONNABORTED || error == EPROTO || error == ENETDOWN ||
         error == EHOSTDOWN || error == EHOSTUNREACH || error == ENETUNREACH;
}

}  // namespace

Listener::Listener(asio::io_context& context, const tcp::endpoint& endpoint) : acceptor_(context) {
  acceptor_.open(endpoint.protocol());
  acceptor_.set_option(tcp::acceptor::reuse_address(true));
  acceptor_.set_option(ReusePort(true));
  // Accepted sockets inherit it. Short answers go out at once; what should wait says MSG_MORE.
  acceptor_.set_option(tcp::no_delay(true));
  acceptor_.bind(endpoint);
  // The kernel makes it net.core.somaxconn when that is less.
  acceptor_.listen(SOMAXCONN);
  acceptor_.native_non_blocking(true);
}

void Listener::close() {
  error_code ignored;
  acceptor_.close(ignored);
}

base::task<void> Listener::wait() {
  error_code ignored;
  co_await acceptor_.async_wait(tcp::acceptor::wait_read,
                                asio::redirect_error(asio::use_awaitable, ignored));
}

std::optional<Listener::Accepted> Listener::accept_now(error_code& error) {
  error.clear();
  sockaddr_storage address{};
  for (;;) {
    socklen_t size = sizeof address;
    const int fd = ::accept4(acceptor_.native_handle(), reinterpret_cast<sockaddr*>(&address),
                             &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd >= 0) return Accepted{.socket = base::UniqueFd(fd), .peer = peer_of(address)};
    if (is_of_one_connection(errno)) continue;
    if (errno != EAGAIN) error = error_code(errno, boost::system::system_category());
    return std::nullopt;
  }
}

}  // namespace pixelvault::http
