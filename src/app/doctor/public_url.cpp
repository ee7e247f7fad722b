#include <stdexcept>

#include "adapters/net_client/http_fetcher.hpp"
#include "app/doctor/checks.hpp"
#include "app/run_blocking.hpp"
#include "domain/web_address.hpp"

namespace pixelvault::app::doctor {

namespace {

Diagnosis unreachable(const std::string& url, const std::string& why) {
  return {.check = "public URL",
          .verdict = Verdict::Failure,
          .finding = url + ": " + why,
          .remedy = "Start the server, and look at its name, its proxy and its certificate."};
}

/// Why it cannot be fetched; empty when it can.
base::task<std::string> fetch(ports::HttpFetcher& fetcher, domain::WebAddress address) {
  const auto download = co_await fetcher.fetch(std::move(address), std::nullopt);
  co_return download ? std::string() : download.error().message;
}

Diagnosis ask(const Config& config, const std::string& url) {
  const auto address = domain::parse_web_address(url + "/healthz");
  if (!address) return unreachable(url, address.error().message);
  // It is our own, so it may be on a network that imports must not reach.
  const auto host = address->host.text + ':' + std::to_string(address->port);
  adapters::net_client::NetHttpFetcher fetcher({.allowed_hosts = {host},
                                                .ca_file = config.import_ca_file,
                                                .user_agent = "PixelVault/" PIXELVAULT_VERSION});
  const auto why = run_blocking(fetch(fetcher, *address));
  if (!why.empty()) return unreachable(url, why);
  return {.check = "public URL", .finding = url + " answers"};
}

}  // namespace

Diagnosis check_public_url(const Config& config) {
  if (!config.public_url) {
    return {.check = "public URL",
            .verdict = Verdict::Warning,
            .finding = "it is not set, so URLs in answers begin with the listening address",
            .remedy = "Set public_url to what browsers shall use."};
  }
  try {
    return ask(config, *config.public_url);
  } catch (const std::exception& error) {
    return unreachable(*config.public_url, error.what());
  }
}

}  // namespace pixelvault::app::doctor
