#include "api/client_address.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/client_network.hpp"
#include "http/field.hpp"

namespace pixelvault::api {
namespace {

using base::ClientNetwork;

/// Without the brackets, port and zone that proxies and systems write with an address.
std::string bare(std::string_view text) {
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos) return {};
    text = text.substr(1, end - 1);
  } else if (std::ranges::count(text, ':') == 1) {
    text = text.substr(0, text.find(':'));
  }
  return std::string(text.substr(0, text.find('%')));
}

/// The one name of an address for counting.
std::optional<std::string> client_of(std::string_view text) {
  const auto address = bare(text);
  ClientNetwork::V4 v4{};
  if (::inet_pton(AF_INET, address.c_str(), v4.data()) == 1) return ClientNetwork(v4).text();
  ClientNetwork::V6 v6{};
  if (::inet_pton(AF_INET6, address.c_str(), v6.data()) == 1) return ClientNetwork(v6).text();
  return std::nullopt;
}

/// The `n`-th entry from the right of a list with commas; from 1 on.
std::optional<std::string_view> from_the_right(std::string_view list, std::size_t n) {
  for (; n > 1; --n) {
    const auto comma = list.rfind(',');
    if (comma == std::string_view::npos) return std::nullopt;
    list = list.substr(0, comma);
  }
  return http::trim(list.substr(list.rfind(',') + 1));
}

}  // namespace

std::string client_address(const http::Request& request, std::size_t proxies) {
  auto peer = client_of(request.remote_address).value_or(request.remote_address);
  const auto forwarded = request.header("X-Forwarded-For");
  if (proxies == 0 || !forwarded) return peer;
  const auto entry = from_the_right(*forwarded, proxies);
  if (!entry) return peer;
  return client_of(*entry).value_or(peer);
}

}  // namespace pixelvault::api
