#include "adapters/net_client/failures.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <utility>

namespace pixelvault::adapters::net_client {

std::unexpected<domain::Error> import_failed(std::string message) {
  return domain::fail(
      {.code = domain::ErrorCode::ImportFailed, .message = std::move(message), .param = "url"});
}

std::string reason(const boost::beast::error_code& error) {
  if (error == boost::beast::error::timeout) return "it took too long";
  if (error == boost::asio::error::eof || error == boost::asio::ssl::error::stream_truncated) {
    return "it was closed";
  }
  return error.message();
}

}  // namespace pixelvault::adapters::net_client
