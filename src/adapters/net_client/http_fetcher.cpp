#include "adapters/net_client/http_fetcher.hpp"

#include <algorithm>
#include <boost/asio/this_coro.hpp>
#include <utility>

#include "adapters/net_client/failures.hpp"
#include "adapters/net_client/tls.hpp"

namespace pixelvault::adapters::net_client {

using domain::Result;
using domain::WebAddress;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr unsigned kOk = 200;

/// RFC 9110 §15.4; 300 offers a choice and 304 has no place here.
bool is_redirect(unsigned status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

Result<WebAddress> next_address(const WebAddress& from, const Exchange& answer) {
  const auto location = answer.location();
  if (location.empty()) return import_failed("The server redirects, but says not where to.");
  auto next = domain::follow(from, location);
  if (!next) {
    return import_failed("The server redirects to where this server does not follow: " +
                         next.error().message);
  }
  if (from.secure && !next->secure) {
    return import_failed(
        "The server redirects from https to http, which this server does not "
        "follow.");
  }
  return next;
}

std::unexpected<domain::Error> foreign_status(unsigned status, const WebAddress& address) {
  return import_failed("The host " + address.host.text + " answered with status " +
                       std::to_string(status) + " instead of 200.");
}

}  // namespace

NetHttpFetcher::NetHttpFetcher(Options options)
    : options_(std::move(options)),
      access_(options_.allowed_hosts),
      tls_(make_tls_context(options_.ca_file)),
      slots_(options_.at_once),
      resolver_(options_.look_up, options_.resolver_threads) {}

base::task<Result<std::unique_ptr<ports::Download>>> NetHttpFetcher::fetch(
    WebAddress address, std::optional<domain::TraceContext> trace) {
  auto slot = slots_.take();
  const auto end = steady_clock::now() + options_.deadlines.total;
  for (unsigned redirects = 0; redirects <= options_.redirects; ++redirects) {
    auto answer = co_await visit(address, trace, end);
    if (!answer) co_return std::unexpected(std::move(answer.error()));
    auto& exchange = **answer;
    if (exchange.status() == kOk) {
      if (auto plain = exchange.check_coding(); !plain) co_return std::unexpected(plain.error());
      exchange.keep(std::move(slot));
      co_return *std::move(answer);
    }
    if (!is_redirect(exchange.status())) co_return foreign_status(exchange.status(), address);
    auto next = next_address(address, exchange);
    if (!next) co_return std::unexpected(std::move(next.error()));
    address = *std::move(next);
  }
  co_return import_failed("The URL redirects more than " + std::to_string(options_.redirects) +
                          " times.");
}

base::task<Result<NetHttpFetcher::Answer>> NetHttpFetcher::visit(
    const WebAddress& address, const std::optional<domain::TraceContext>& trace,
    Connection::Time end) {
  if (auto allowed = access_.check(address); !allowed) co_return std::unexpected(allowed.error());
  const auto resolved = co_await resolve(address.host, end);
  if (!resolved) co_return std::unexpected(resolved.error());
  if (auto allowed = access_.check(address, *resolved); !allowed) {
    co_return std::unexpected(allowed.error());
  }
  // From here on nobody asks for the name again: another answer could lead elsewhere.
  auto executor = co_await boost::asio::this_coro::executor;
  auto answer = std::make_unique<Exchange>(executor, options_.deadlines, end);
  const auto request = request_for(address, options_.user_agent, trace);
  auto asked = co_await answer->ask(address, *resolved, tls_, request);
  if (!asked) co_return std::unexpected(std::move(asked.error()));
  co_return answer;
}

base::task<Result<std::vector<domain::IpAddress>>> NetHttpFetcher::resolve(
    const domain::WebHost& host, Connection::Time end) {
  if (host.ip) co_return std::vector<domain::IpAddress>(1, *host.ip);
  const auto left = std::chrono::ceil<milliseconds>(end - steady_clock::now());
  co_return co_await resolver_.resolve(host.text, std::min(left, options_.deadlines.resolve));
}

}  // namespace pixelvault::adapters::net_client
