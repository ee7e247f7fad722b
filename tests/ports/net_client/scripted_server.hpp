// A foreign server on a free port of 127.0.0.1, plain or TLS, that answers each request with what a
// test has written down, byte by byte. One connection at a time.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "ports/net_client/certificates.hpp"

namespace pixelvault::port_suites {

/// The other side of one connection, from the server.
class Peer {
 public:
  virtual ~Peer() = default;
  /// Errors are passed over: the client may have seen enough.
  virtual void send(std::string_view bytes) = 0;
  /// Waits until the client goes.
  virtual void hold() = 0;
  /// Ends TLS properly, where there is TLS.
  virtual void finish() = 0;
};

class ScriptedServer {
 public:
  using Script = std::function<void(Peer& peer)>;

  explicit ScriptedServer(Script script, std::optional<Identity> identity = {});
  /// Sends these bytes and closes.
  explicit ScriptedServer(std::string answer)
      : ScriptedServer([answer = std::move(answer)](Peer& peer) { peer.send(answer); }) {}
  ~ScriptedServer();

  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
  /// The headers of all requests so far.
  std::vector<std::string> requests() const;
  /// What the last client asked for by SNI.
  std::string server_name() const;

 private:
  void accept();
  void serve(boost::asio::ip::tcp::socket& socket);
  void serve_tls(boost::asio::ip::tcp::socket& socket);
  void note(const std::string& request);

  Script script_;
  std::optional<Identity> identity_;
  boost::asio::io_context context_;
  boost::asio::ip::tcp::acceptor acceptor_;
  mutable std::mutex mutex_;
  std::vector<std::string> requests_;
  std::string server_name_;
  std::thread thread_;
};

}  // namespace pixelvault::port_suites
