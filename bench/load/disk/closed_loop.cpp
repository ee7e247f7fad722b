#include "load/disk/closed_loop.hpp"

#include <algorithm>
#include <atomic>
#include <future>
#include <random>
#include <string>
#include <vector>

namespace pixelvault::bench {
namespace {

std::string noise(std::size_t bytes) {
  std::mt19937_64 random(bytes);  // NOLINT(cert-msc51-cpp): noise, no secret
  std::string text(bytes, '\0');
  for (char& c : text) c = static_cast<char>(random());
  return text;
}

struct Window {
  Clock::time_point begin;
  Clock::time_point end;
};

struct Shared {
  Sink& sink;
  std::string blob;
  Window window;
  std::uint64_t limit;
  std::atomic<std::uint64_t> begun{0};
};

struct ClientResult {
  Latencies latencies;
  Clock::time_point last;
};

ClientResult run_client(Shared& shared) {
  ClientResult result;
  while (Clock::now() < shared.window.end) {
    const auto number = shared.begun++;
    if (number >= shared.limit) break;
    const auto begin = Clock::now();
    shared.sink.store(number, shared.blob);
    result.last = Clock::now();
    if (result.last >= shared.window.begin && result.last < shared.window.end) {
      result.latencies.add(result.last - begin);
    }
  }
  return result;
}

}  // namespace

Measurement store_blobs(Sink& sink, std::size_t bytes, std::size_t clients, const Bounds& bounds) {
  Shared shared{.sink = sink, .blob = noise(bytes), .window = {}, .limit = bounds.uploads};
  shared.window.begin = Clock::now() + bounds.warm_up;
  shared.window.end = shared.window.begin + bounds.duration;
  std::vector<std::future<ClientResult>> running;
  running.reserve(clients);
  for (std::size_t i = 0; i < clients; ++i) {
    running.push_back(std::async(std::launch::async, run_client, std::ref(shared)));
  }
  Measurement measured;
  Clock::time_point last;
  for (auto& client : running) {
    const auto result = client.get();
    measured.latencies.add_all(result.latencies);
    last = std::max(last, result.last);
  }
  measured.total = std::min<std::uint64_t>(shared.begun, bounds.uploads);
  const auto end = std::clamp(last, shared.window.begin, shared.window.end);
  measured.window_s = std::chrono::duration<double>(end - shared.window.begin).count();
  return measured;
}

}  // namespace pixelvault::bench
