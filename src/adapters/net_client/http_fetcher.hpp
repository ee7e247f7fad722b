// `HttpFetcher` over the network: HTTP/1.1 and TLS, on the caller's own executor. Any thread may
// call.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/net_client/access.hpp"
#include "adapters/net_client/deadlines.hpp"
#include "adapters/net_client/exchange.hpp"
#include "adapters/net_client/resolver.hpp"
#include "adapters/net_client/slots.hpp"
#include "ports/http_fetcher.hpp"

namespace pixelvault::adapters::net_client {

class NetHttpFetcher final : public ports::HttpFetcher {
 public:
  struct Options {
    /// `host` or `host:port`: hosts whose addresses and port need not be public.
    std::vector<std::string> allowed_hosts = {};
    /// Certificates (PEM) that are trusted besides the system's.
    std::optional<std::filesystem::path> ca_file = {};
    std::string user_agent = "PixelVault";
    std::size_t at_once = 16;  ///< open downloads
    unsigned redirects = 3;    ///< that are followed
    std::size_t resolver_threads = 4;
    Deadlines deadlines = {};
    Resolver::LookUp look_up = look_up_addresses;
  };

  /// Throws std::invalid_argument with the end of a sentence when a host or the file is unusable.
  explicit NetHttpFetcher(Options options);
  NetHttpFetcher() : NetHttpFetcher(Options{}) {}

  base::task<domain::Result<std::unique_ptr<ports::Download>>> fetch(
      domain::WebAddress address, std::optional<domain::TraceContext> trace) override;

 private:
  using Answer = std::unique_ptr<Exchange>;

  /// Asks one server once, after every rule.
  base::task<domain::Result<Answer>> visit(const domain::WebAddress& address,
                                           const std::optional<domain::TraceContext>& trace,
                                           Connection::Time end);
  base::task<domain::Result<std::vector<domain::IpAddress>>> resolve(const domain::WebHost& host,
                                                                     Connection::Time end);

  Options options_;
  Access access_;
  boost::asio::ssl::context tls_;
  Slots slots_;
  Resolver resolver_;
};

}  // namespace pixelvault::adapters::net_client
