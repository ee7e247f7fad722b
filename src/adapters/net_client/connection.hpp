// One connection to a foreign server, plain or TLS, with a deadline on whatever is awaited. Belongs
// to one coroutine and its executor. Used by this room only.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "adapters/net_client/deadlines.hpp"
#include "adapters/net_client/tls.hpp"
#include "base/bytes.hpp"
#include "base/task.hpp"
#include "domain/error.hpp"
#include "domain/ip_address.hpp"
#include "domain/web_address.hpp"

namespace pixelvault::adapters::net_client {

class Connection {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// Nothing is awaited past `end`.
  Connection(const boost::asio::any_io_executor& executor, const Deadlines& deadlines, Time end)
      : tcp_(executor), deadlines_(deadlines), end_(end) {}

  /// Connects to the first of the addresses that takes it, and then proves by TLS, if the address
  /// asks for it, that this is the host. ImportFailed.
  base::task<domain::Result<void>> open(const domain::WebAddress& address,
                                        std::span<const domain::IpAddress> resolved,
                                        boost::asio::ssl::context& tls);

  /// Sends all of it. ImportFailed.
  base::task<domain::Result<void>> send(std::string_view bytes);

  /// From here on, what is read next must have come by then.
  void expect_within(std::chrono::milliseconds time);
  /// How many bytes came, at most as many as `into` holds; 0 at the peer's end. ImportFailed.
  base::task<domain::Result<std::size_t>> read_some(base::MutableBytes into);

 private:
  base::task<domain::Result<void>> connect(const domain::WebAddress& address,
                                           std::span<const domain::IpAddress> resolved);
  base::task<domain::Result<void>> secure(const domain::WebHost& host,
                                          boost::asio::ssl::context& tls);

  boost::beast::tcp_stream tcp_;
  std::optional<TlsStream> tls_;
  Deadlines deadlines_;
  Time end_;
};

}  // namespace pixelvault::adapters::net_client
