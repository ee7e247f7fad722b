// The socket that connections come in by: one a worker, all on the same port (SO_REUSEPORT), so
// that the kernel shares connections out. Belongs to its worker's thread.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <optional>

#include "base/task.hpp"
#include "base/unique_fd.hpp"
#include "http/peer.hpp"

namespace pixelvault::http {

class Listener {
 public:
  struct Accepted {
    base::UniqueFd socket;
    Peer peer;
  };

  /// Throws `boost::system::system_error` when the address cannot be had.
  Listener(boost::asio::io_context& context, const boost::asio::ip::tcp::endpoint& endpoint);

  boost::asio::ip::tcp::endpoint endpoint() const { return acceptor_.local_endpoint(); }
  void close();

  /// Waits until a connection, or an error of the socket, can be taken.
  base::task<void> wait();
  /// The next connection that waits. Nothing when none does (no error) or none can be taken.
  std::optional<Accepted> accept_now(boost::system::error_code& error);

 private:
  boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, boost::asio::io_context::executor_type>
      acceptor_;
};

}  // namespace pixelvault::http
