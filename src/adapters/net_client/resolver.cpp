#include "adapters/net_client/resolver.hpp"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstring>
#include <exception>
#include <memory>
#include <optional>
#include <utility>

#include "adapters/net_client/failures.hpp"
#include "base/log.hpp"

namespace pixelvault::adapters::net_client {

namespace asio = boost::asio;
using Addresses = std::vector<domain::IpAddress>;

namespace {

constexpr std::size_t kWaiting = 64;

/// What the waiting coroutine and the look-up share. The answer is written where it is read, on the
/// waiter's executor; only `abandoned` is seen by two threads.
struct LookUpState {
  explicit LookUpState(const asio::any_io_executor& executor) : answered(executor) {}

  asio::steady_timer answered;
  std::optional<Addresses> answer;
  std::atomic<bool> abandoned = false;
};

Addresses try_to_look_up(const Resolver::LookUp& look_up, const std::string& name) {
  try {
    return look_up(name);
  } catch (const std::exception& error) {
    spdlog::error("looking up {} failed: {}", name, error.what());
    return {};
  }
}

template <class Address>
Address address_of(const sockaddr* given) {
  Address address{};  // copied, since a sockaddr need not be aligned for it
  std::memcpy(&address, given, sizeof(address));
  return address;
}

template <class Bytes>
domain::IpAddress ip_of(const void* source) {
  Bytes bytes{};
  std::memcpy(bytes.data(), source, bytes.size());
  return domain::IpAddress(bytes);
}

}  // namespace

Addresses look_up_addresses(const std::string& name) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* first = nullptr;
  if (::getaddrinfo(name.c_str(), nullptr, &hints, &first) != 0) return {};
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(first, &::freeaddrinfo);
  Addresses addresses;
  for (const auto* found = first; found != nullptr; found = found->ai_next) {
    if (found->ai_family == AF_INET) {
      const auto address = address_of<sockaddr_in>(found->ai_addr);
      addresses.push_back(ip_of<domain::IpAddress::V4>(&address.sin_addr));
    } else if (found->ai_family == AF_INET6) {
      const auto address = address_of<sockaddr_in6>(found->ai_addr);
      addresses.push_back(ip_of<domain::IpAddress::V6>(&address.sin6_addr));
    }
  }
  return addresses;
}

Resolver::Resolver(LookUp look_up, std::size_t threads)
    : look_up_(std::move(look_up)),
      threads_({.name = "resolver", .threads = threads, .queue = kWaiting}) {}

base::task<domain::Result<Addresses>> Resolver::resolve(std::string name,
                                                        std::chrono::milliseconds patience) {
  const auto executor = co_await asio::this_coro::executor;
  const auto state = std::make_shared<LookUpState>(executor);
  state->answered.expires_after(patience);
  // The guard keeps the executor alive until the last share of the state is given back on it.
  auto shared = state;
  threads_.post(
      [this, name, shared = std::move(shared), guard = asio::make_work_guard(executor)]() mutable {
        auto found = shared->abandoned ? Addresses() : try_to_look_up(look_up_, name);
        asio::post(guard.get_executor(),
                   [state = std::move(shared), found = std::move(found)]() mutable {
                     state->answer = std::move(found);
                     state->answered.cancel();
                   });
      });
  boost::system::error_code cancelled;
  co_await state->answered.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
  auto& answer = state->answer;
  state->abandoned = !answer;
  if (!answer) co_return import_failed("The host " + name + " was not found in time.");
  if (answer->empty()) co_return import_failed("There is no host " + name + ".");
  co_return *std::move(answer);
}

}  // namespace pixelvault::adapters::net_client
