// Durable uploads through the segment store, by 1, 8 and 32 coroutines, beside a bare loop that
// writes batches of as many blobs and syncs each once. Needs a real disk: set TMPDIR to a folder of
// the disk that is meant.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <string>
#include <vector>

#include "adapters/segments/blob_store.hpp"
#include "adapters/system/clock.hpp"
#include "support/fake_random_source.hpp"
#include "support/run_task.hpp"
#include "support/temporary_directory.hpp"

namespace pixelvault {
namespace {

constexpr std::size_t kPiece = 64UL * 1024;  // as they come from a socket
constexpr std::size_t kSegmentBytes = 256UL * 1024 * 1024;

double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

base::task<void> upload(ports::BlobStore& blobs, const std::string& bytes, int count) {
  for (int i = 0; i < count; ++i) {
    const auto writer = co_await blobs.create();
    for (std::size_t at = 0; at < bytes.size(); at += kPiece) {
      const auto piece = base::as_bytes(std::string_view(bytes).substr(at, kPiece));
      co_await writer->write(piece);
    }
    co_await writer->commit("proj_01j9zt8e5ffv3a8k2m4n6p7q8r/img_01j9zt8e5ffv3a8k2m4n6p7q8r.jpg");
  }
}

void report(benchmark::State& state, double cpu_before, std::int64_t blobs) {
  state.SetItemsProcessed(blobs);
  state.SetBytesProcessed(blobs * state.range(0));
  state.counters["cpu_us"] = (cpu_seconds() - cpu_before) * 1e6 / static_cast<double>(blobs);
}

/// Every iteration is thirty uploads by each of the clients.
void store(benchmark::State& state) {
  constexpr int kEach = 30;
  const support::TemporaryDirectory directory;
  support::FakeRandomSource random;
  const adapters::system::SystemClock clock;
  adapters::segments::SegmentBlobStore blobs({.root = directory.path()}, clock, random);
  const std::string bytes(static_cast<std::size_t>(state.range(0)), 'x');
  support::run(upload(blobs, bytes, 1));  // makes the first segment
  const double before = cpu_seconds();
  while (state.KeepRunning()) {
    std::vector<base::task<void>> clients;
    clients.reserve(static_cast<std::size_t>(state.range(1)));
    for (int i = 0; i < state.range(1); ++i) clients.push_back(upload(blobs, bytes, kEach));
    for (auto& done : support::run_all(std::move(clients))) done.get();
  }
  report(state, before, static_cast<std::int64_t>(state.iterations()) * kEach * state.range(1));
}

class BareFile {
 public:
  explicit BareFile(const std::filesystem::path& path)
      : file_(::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC, 0600)) {
    if (::fallocate(file_.get(), 0, 0, kSegmentBytes) != 0 || ::fsync(file_.get()) != 0) {
      throw std::runtime_error("no space for the bare loop");
    }
  }
  bool has_room(std::size_t bytes) const { return end_ + bytes <= kSegmentBytes; }
  void append(const std::vector<iovec>& parts, std::size_t bytes) {
    const auto count = static_cast<int>(parts.size());
    const auto written = ::pwritev(file_.get(), parts.data(), count, static_cast<off_t>(end_));
    if (written != static_cast<ssize_t>(bytes) || ::fdatasync(file_.get()) != 0) {
      throw std::runtime_error("the bare loop cannot write");
    }
    end_ += bytes;
  }

 private:
  base::UniqueFd file_;
  std::size_t end_ = 0;
};

void bare_loop(benchmark::State& state) {
  const support::TemporaryDirectory directory;
  std::string bytes(static_cast<std::size_t>(state.range(0)), 'x');
  const std::vector<iovec> parts(static_cast<std::size_t>(state.range(1)),
                                 {.iov_base = bytes.data(), .iov_len = bytes.size()});
  const std::size_t batch = bytes.size() * parts.size();
  std::optional<BareFile> file;
  const double before = cpu_seconds();
  while (state.KeepRunning()) {
    if (!file || !file->has_room(batch)) file.emplace(directory.path() / "bare");
    file->append(parts, batch);
  }
  report(state, before, static_cast<std::int64_t>(state.iterations()) * state.range(1));
}

void sizes_and_clients(benchmark::internal::Benchmark* one) {
  one->ArgsProduct({{20'000, 100'000, 1'000'000}, {1, 8, 32}})->UseRealTime();
}
BENCHMARK(bare_loop)->Apply(sizes_and_clients);
BENCHMARK(store)->Apply(sizes_and_clients);

}  // namespace
}  // namespace pixelvault
