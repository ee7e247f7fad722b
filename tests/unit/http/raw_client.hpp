// A client that can misbehave: a plain socket to the loopback address which sends what it is told
// and no more. For tests of the edge; one thread each. Owns its socket; nothing here waits longer
// than `kPatience`, so that a server that hangs fails a test instead of stopping it.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>

#include "base/unique_fd.hpp"

namespace pixelvault::http {

class RawClient {
 public:
  static constexpr std::chrono::milliseconds kPatience{4'000};

  enum class End { Closed, Reset, StillOpen };
  struct Answer {
    std::string text;
    End end;
  };

  /// Throws `std::system_error` when nobody listens. A `receive_buffer` (bytes) of 0 is the
  /// kernel's own choice.
  explicit RawClient(std::uint16_t port, int receive_buffer = 0)
      : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (receive_buffer > 0) {
      ::setsockopt(fd_.get(), SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      throw std::system_error(errno, std::generic_category(), "connect");
    }
  }

  /// Sends all of it; false when the server does not take it (any more).
  bool send(std::string_view bytes) const {
    while (!bytes.empty()) {
      if (!ready(POLLOUT)) return false;
      const auto sent = ::send(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      if (sent < 0 && errno != EAGAIN) return false;
      if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  /// Whether something can be read, be it the end, within this time.
  bool readable(std::chrono::milliseconds patience) const { return ready(POLLIN, patience); }

  /// Reads up to the text that `last` is, or to the end.
  Answer read_until(std::string_view last) const {
    Answer answer{.text = {}, .end = End::StillOpen};
    std::array<char, 16'384> portion{};
    while (last.empty() || !answer.text.ends_with(last)) {
      if (!ready(POLLIN)) return answer;
      const auto count = ::recv(fd_.get(), portion.data(), portion.size(), 0);
      if (count <= 0) {
        answer.end = count == 0 ? End::Closed : End::Reset;
        return answer;
      }
      answer.text.append(portion.data(), static_cast<std::size_t>(count));
    }
    return answer;
  }

  /// Reads at most so much of what has arrived; gives how much that was.
  std::size_t take(std::size_t bytes) const {
    std::string portion(bytes, '\0');
    if (!ready(POLLIN, std::chrono::milliseconds(0))) return 0;
    const auto count = ::recv(fd_.get(), portion.data(), portion.size(), 0);
    return count > 0 ? static_cast<std::size_t>(count) : 0;
  }

  void finish_sending() const { ::shutdown(fd_.get(), SHUT_WR); }

  /// Sends the end, as a client does that wants no more; whether the server ends too.
  bool finish() const {
    finish_sending();
    return read_to_end().end == End::Closed;
  }

  Answer read_to_end() const { return read_until({}); }

 private:
  bool ready(short what, std::chrono::milliseconds patience = kPatience) const {
    pollfd waited{.fd = fd_.get(), .events = what, .revents = 0};
    return ::poll(&waited, 1, static_cast<int>(patience.count())) > 0;
  }

  base::UniqueFd fd_;
};

}  // namespace pixelvault::http
