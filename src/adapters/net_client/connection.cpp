#include "adapters/net_client/connection.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "adapters/net_client/failures.hpp"

namespace pixelvault::adapters::net_client {

namespace asio = boost::asio;
using boost::system::error_code;
using domain::Result;

namespace {

template <class Bytes>
Bytes bytes_of(const domain::IpAddress& ip) {
  Bytes bytes{};
  std::ranges::copy(ip.bytes(), bytes.begin());
  return bytes;
}

asio::ip::tcp::endpoint endpoint_of(const domain::IpAddress& ip, std::uint16_t port) {
  using asio::ip::address_v4;
  using asio::ip::address_v6;
  if (ip.is_v4()) return {address_v4(bytes_of<address_v4::bytes_type>(ip)), port};
  return {address_v6(bytes_of<address_v6::bytes_type>(ip)), port};
}

}  // namespace

void Connection::expect_within(std::chrono::milliseconds time) {
  tcp_.expires_at(std::min(std::chrono::steady_clock::now() + time, end_));
}

base::task<Result<void>> Connection::open(const domain::WebAddress& address,
                                          std::span<const domain::IpAddress> resolved,
                                          asio::ssl::context& tls) {
  auto opened = co_await connect(address, resolved);
  if (opened && address.secure) opened = co_await secure(address.host, tls);
  co_return opened;
}

base::task<Result<void>> Connection::connect(const domain::WebAddress& address,
                                             std::span<const domain::IpAddress> resolved) {
  error_code error = asio::error::host_not_found;
  for (const auto& ip : resolved) {
    const auto endpoint = endpoint_of(ip, address.port);
    expect_within(deadlines_.connect);
    co_await tcp_.async_connect(endpoint, asio::redirect_error(asio::use_awaitable, error));
    if (!error) co_return Result<void>{};
    tcp_.close();  // the next address may be of the other family
  }
  co_return import_failed("The connection to " + address.host.text + " failed: " + reason(error) +
                          ".");
}

base::task<Result<void>> Connection::secure(const domain::WebHost& host, asio::ssl::context& tls) {
  tls_.emplace(tcp_, tls);
  expect_host(*tls_, host);
  expect_within(deadlines_.handshake);
  error_code error;
  co_await tls_->async_handshake(TlsStream::client,
                                 asio::redirect_error(asio::use_awaitable, error));
  if (!error) co_return Result<void>{};
  co_return import_failed("The host " + host.text + " could not prove who it is by TLS: " +
                          handshake_reason(*tls_, error) + ".");
}

base::task<Result<void>> Connection::send(std::string_view bytes) {
  error_code error;
  const auto buffer = asio::buffer(bytes);
  if (tls_) {
    co_await asio::async_write(*tls_, buffer, asio::redirect_error(asio::use_awaitable, error));
  } else {
    co_await asio::async_write(tcp_, buffer, asio::redirect_error(asio::use_awaitable, error));
  }
  if (!error) co_return Result<void>{};
  co_return import_failed("The request could not be sent: " + reason(error) + ".");
}

base::task<Result<std::size_t>> Connection::read_some(base::MutableBytes into) {
  error_code error;
  std::size_t count = 0;
  const auto buffer = asio::buffer(into.data(), into.size());
  if (tls_) {
    count =
        co_await tls_->async_read_some(buffer, asio::redirect_error(asio::use_awaitable, error));
  } else {
    count = co_await tcp_.async_read_some(buffer, asio::redirect_error(asio::use_awaitable, error));
  }
  if (!error) co_return count;
  // Only TLS says for sure that this end is the peer's own; a cut there is another error.
  if (error == asio::error::eof) co_return 0;
  co_return import_failed("The transfer broke: " + reason(error) + ".");
}

}  // namespace pixelvault::adapters::net_client
