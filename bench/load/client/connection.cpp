#include "load/client/connection.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace pixelvault::bench {
namespace {

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

base::UniqueFd connect_to(std::uint16_t port) {
  base::UniqueFd fd(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!fd) fail("socket");
  const int on = 1;
  setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    fail("connect");
  }
  return fd;
}

/// The parts of a request behind the first `sent` bytes.
std::array<iovec, 3> rest_of(const Request& request, std::size_t sent) {
  std::array<iovec, 3> parts{};
  auto part = parts.begin();
  for (const std::string_view text : {std::string_view(request.head), request.body, request.tail}) {
    const auto skipped = std::min(sent, text.size());
    sent -= skipped;
    part->iov_base = const_cast<char*>(text.data() + skipped);  // sendmsg only reads
    part->iov_len = text.size() - skipped;
    ++part;
  }
  return parts;
}

}  // namespace

Connection::Connection(std::uint16_t port) : fd_(connect_to(port)) {}

void Connection::begin(Request request) {
  request_ = std::move(request);
  sent_ = 0;
  answer_ = {};
}

Connection::State Connection::proceed() {
  if (!request_) return State::Waiting;
  // What does not go out any more may have been answered all the same: a refusal.
  const bool sending = send_some(*request_);
  const auto state = read_some();
  if (state == State::Waiting && !sending) return State::Broken;
  if (state == State::Answered) request_.reset();
  return state;
}

/// False when the connection takes no more.
bool Connection::send_some(const Request& request) {
  const auto size = request.head.size() + request.body.size() + request.tail.size();
  while (sent_ < size) {
    auto parts = rest_of(request, sent_);
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = parts.size();
    const auto count = sendmsg(fd(), &message, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (count < 0) return errno == EAGAIN || errno == EWOULDBLOCK;
    sent_ += static_cast<std::size_t>(count);
  }
  return true;
}

Connection::State Connection::read_some() {
  std::array<char, 16384> buffer;
  while (true) {
    const auto count = recv(fd(), buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return State::Waiting;
    if (count <= 0) return State::Broken;
    if (!answer_.take({buffer.data(), static_cast<std::size_t>(count)})) return State::Broken;
    if (answer_.complete()) return State::Answered;
  }
}

}  // namespace pixelvault::bench
