#include "load/client/load.hpp"

#include <fmt/format.h>
#include <sys/epoll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <memory>
#include <random>
#include <system_error>
#include <vector>

#include "load/client/connection.hpp"

namespace pixelvault::bench {
namespace {

/// A server that refuses everything shall not be asked for the whole duration.
constexpr std::uint64_t kMostErrors = 1000;
/// For the last uploads, behind the end of the window.
constexpr std::chrono::seconds kGrace{30};

struct Client {
  std::unique_ptr<Connection> connection;
  Clock::time_point begun;
  bool uploading = false;
};

std::string random_prefix() {
  std::random_device random;
  return fmt::format("{:08x}{:08x}", random(), random());
}

std::string amazon_time() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 17> text{};
  (void)std::strftime(text.data(), text.size(), "%Y%m%dT%H%M%SZ", &parts);
  return text.data();
}

class Load {
 public:
  Load(const Target& target, const Picture& picture, const LoadOptions& options)
      : target_(target), picture_(picture), options_(options), clients_(options.clients) {
    if (!epoll_) throw std::system_error(errno, std::generic_category(), "epoll_create1");
  }

  Measurement run() {
    for (auto& client : clients_) connect(client);
    window_begin_ = Clock::now() + options_.bounds.warm_up;
    window_end_ = window_begin_ + options_.bounds.duration;
    for (auto& client : clients_) next(client);
    while (uploading_ > 0 && Clock::now() < window_end_ + kGrace) turn();
    if (uploading_ > 0) measured_.errors["not answered in time"] += uploading_;
    const auto end = ended_early() ? last_answer_ : window_end_;
    measured_.window_s =
        std::chrono::duration<double>(std::max(end, window_begin_) - window_begin_).count();
    return std::move(measured_);
  }

 private:
  void connect(Client& client) {
    client.connection = std::make_unique<Connection>(options_.port);
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT | EPOLLET;
    event.data.ptr = &client;
    if (epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, client.connection->fd(), &event) != 0) {
      throw std::system_error(errno, std::generic_category(), "epoll_ctl");
    }
  }

  /// Whether the run was over before its time.
  bool ended_early() const { return last_answer_ < window_end_ && !may_begin(Clock::time_point()); }

  bool may_begin(Clock::time_point now) const {
    return now < window_end_ && begun_ < options_.bounds.uploads && failed_ < kMostErrors;
  }

  void next(Client& client) {
    const auto now = Clock::now();
    if (!may_begin(now)) return;
    const auto identity = fmt::format("{}{:016d}", prefix_, begun_++);
    const auto time = target_.s3 ? amazon_time() : std::string();
    client.connection->begin(make_request(target_, picture_, identity, time));
    client.begun = now;
    client.uploading = true;
    ++uploading_;
    proceed(client);
  }

  void turn() {
    std::array<epoll_event, 64> events;
    const int count = epoll_wait(epoll_.get(), events.data(), events.size(), 100);
    for (int i = 0; i < count; ++i) {
      proceed(*static_cast<Client*>(events.at(static_cast<std::size_t>(i)).data.ptr));
    }
  }

  void proceed(Client& client) {
    if (!client.uploading) return;
    const auto state = client.connection->proceed();
    if (state == Connection::State::Waiting) return;
    client.uploading = false;
    --uploading_;
    if (state == Connection::State::Broken) {
      failed("connection broken", client);
    } else {
      answered(client);
    }
    next(client);
  }

  void answered(Client& client) {
    const auto& answer = client.connection->answer();
    if (answer.status() / 100 != 2)
      return failed(fmt::format("status {}", answer.status()), client);
    last_answer_ = Clock::now();
    ++measured_.total;
    if (last_answer_ >= window_begin_ && last_answer_ < window_end_) {
      measured_.latencies.add(last_answer_ - client.begun);
    }
    if (answer.closes()) connect(client);
  }

  void failed(const std::string& what, Client& client) {
    ++failed_;
    ++measured_.errors[what];
    if (measured_.first_error.empty()) measured_.first_error = client.connection->answer().text();
    connect(client);
  }

  const Target& target_;
  const Picture& picture_;
  LoadOptions options_;
  base::UniqueFd epoll_{epoll_create1(EPOLL_CLOEXEC)};
  std::vector<Client> clients_;
  std::string prefix_ = random_prefix();
  Clock::time_point window_begin_;
  Clock::time_point window_end_;
  Clock::time_point last_answer_;
  std::uint64_t begun_ = 0;
  std::uint64_t failed_ = 0;
  std::uint64_t uploading_ = 0;
  Measurement measured_;
};

}  // namespace

Measurement upload(const Target& target, const Picture& picture, const LoadOptions& options) {
  return Load(target, picture, options).run();
}

}  // namespace pixelvault::bench
