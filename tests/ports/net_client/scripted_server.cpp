#include "ports/net_client/scripted_server.hpp"

#include <sys/socket.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>

namespace pixelvault::port_suites {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

template <class Stream>
class StreamPeer final : public Peer {
 public:
  explicit StreamPeer(Stream& stream) : stream_(stream) {}
  void send(std::string_view bytes) override {
    error_code ignored;
    asio::write(stream_, asio::buffer(bytes), ignored);
  }
  void hold() override {
    error_code gone;
    char byte = 0;
    while (!gone) stream_.read_some(asio::buffer(&byte, 1), gone);
  }
  void finish() override {
    error_code ignored;
    if constexpr (requires { stream_.handshake(asio::ssl::stream_base::server); }) {
      stream_.shutdown(ignored);
    }
  }

 private:
  Stream& stream_;
};

template <class Stream>
std::string read_header(Stream& stream) {
  std::string header;
  error_code ignored;
  asio::read_until(stream, asio::dynamic_buffer(header), "\r\n\r\n", ignored);
  return header;
}

}  // namespace

ScriptedServer::ScriptedServer(Script script, std::optional<Identity> identity)
    : script_(std::move(script)),
      identity_(std::move(identity)),
      acceptor_(context_, tcp::endpoint(asio::ip::address_v4::loopback(), 0)),
      thread_([this] { accept(); }) {}

ScriptedServer::~ScriptedServer() {
  ::shutdown(acceptor_.native_handle(), SHUT_RDWR);  // wakes the thread that accepts
  thread_.join();
}

void ScriptedServer::accept() {
  for (;;) {
    error_code error;
    tcp::socket socket(context_);
    acceptor_.accept(socket, error);
    if (error) return;
    identity_ ? serve_tls(socket) : serve(socket);
  }
}

void ScriptedServer::serve(tcp::socket& socket) {
  note(read_header(socket));
  StreamPeer peer(socket);
  script_(peer);
}

void ScriptedServer::serve_tls(tcp::socket& socket) {
  asio::ssl::context tls(asio::ssl::context::tls_server);
  tls.use_certificate(asio::buffer(identity_->certificate), asio::ssl::context::pem);
  tls.use_private_key(asio::buffer(identity_->key), asio::ssl::context::pem);
  asio::ssl::stream<tcp::socket&> stream(socket, tls);
  error_code error;
  stream.handshake(asio::ssl::stream_base::server, error);
  if (error) return;
  if (const auto* name = SSL_get_servername(stream.native_handle(), TLSEXT_NAMETYPE_host_name)) {
    const std::lock_guard lock(mutex_);
    server_name_ = name;
  }
  note(read_header(stream));
  StreamPeer peer(stream);
  script_(peer);
}

void ScriptedServer::note(const std::string& request) {
  const std::lock_guard lock(mutex_);
  requests_.push_back(request);
}

std::vector<std::string> ScriptedServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

std::string ScriptedServer::server_name() const {
  const std::lock_guard lock(mutex_);
  return server_name_;
}

}  // namespace pixelvault::port_suites
