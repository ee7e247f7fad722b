// A small application behind a real server, which remembers what became of its requests. The
// server's threads write, the test reads copies.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <iterator>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/byte_source.hpp"
#include "base/unique_fd.hpp"
#include "http/application.hpp"

namespace pixelvault::http {

/// Asks again and again, for at most five seconds, until the answer is yes.
template <class Condition>
bool eventually(Condition condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

/// Of this process, the one that looks included.
inline std::ptrdiff_t open_descriptors() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {});
}

class EdgeApplication final : public Application {
 public:
  /// More than the kernel's buffers take.
  static constexpr std::uint64_t kLarge = 32UL * 1024 * 1024;

  struct Seen {
    int begun = 0;  ///< requests whose handler runs or ran
    std::vector<std::expected<std::uint64_t, base::ReadError>> bodies{};  ///< read: their lengths
    std::vector<Refusal::Kind> refusals{};
    std::vector<bool> completed{};  ///< whether the whole response went out, of each exchange
  };

  Seen seen() const {
    const std::lock_guard lock(mutex_);
    return seen_;
  }

  base::task<Response> handle(Request& request) override {
    note([](Seen& seen) { ++seen.begun; });
    const std::string& path = request.target.path;
    if (path == "/read") co_return co_await read_body(*request.body);
    if (path == "/refuse") co_return Response{.status = 413, .body = "too large"};
    if (path == "/large") co_return Response{.body = std::string(kLarge, 'x')};
    if (path == "/file") co_return Response{.body = large_file()};
    co_return Response{.body = "hello"};
  }

  Response refuse(const Refusal& refusal) override {
    note([&](Seen& seen) { seen.refusals.push_back(refusal.kind); });
    const bool late = refusal.kind == Refusal::Kind::Timeout;
    const bool overload = refusal.kind == Refusal::Kind::Overloaded;
    const unsigned status = late ? 408 : overload ? 503 : 400;
    return {.status = status, .body = "refused by the application"};
  }

  void completed(const Exchange& exchange) override {
    note([&](Seen& seen) { seen.completed.push_back(exchange.complete); });
  }

 private:
  template <class Change>
  void note(Change change) {
    const std::lock_guard lock(mutex_);
    change(seen_);
  }

  base::task<Response> read_body(base::ByteSource& body) {
    std::uint64_t length = 0;
    for (;;) {
      const auto portion = co_await body.read();
      if (!portion) {
        note([&](Seen& seen) { seen.bodies.emplace_back(std::unexpected(portion.error())); });
        co_return Response{.status = 400, .body = "cut"};
      }
      if (portion->empty()) break;
      length += portion->size();
    }
    note([&](Seen& seen) { seen.bodies.emplace_back(length); });
    co_return Response{.body = "took it all"};
  }

  static StreamedBody large_file() {
    auto file = std::make_shared<base::UniqueFd>(::memfd_create("large", MFD_CLOEXEC));
    if (::ftruncate(file->get(), kLarge) != 0) return {};
    return {.source = base::FileRegion{.file = std::move(file), .length = kLarge},
            .length = kLarge};
  }

  mutable std::mutex mutex_;
  Seen seen_;
};

}  // namespace pixelvault::http
