// Group commit: one thread takes all blobs that wait, and all of them wait for its one sync.
#include <algorithm>
#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <semaphore>
#include <thread>
#include <vector>

#include "load/disk/row_log.hpp"
#include "load/disk/segment.hpp"
#include "load/disk/sink.hpp"

namespace pixelvault::bench {
namespace {

class SegmentSink : public Sink {
 public:
  SegmentSink(const std::filesystem::path& folder, bool rows) : segment_(folder) {
    if (rows) rows_.emplace(folder / "rows.db");
    writer_ = std::jthread([this](const std::stop_token& stop) { write_batches(stop); });
  }

  void store(std::uint64_t number, std::string_view bytes) override {
    Waiting waiting;
    waiting.blob = {.number = number, .bytes = bytes};
    {
      const std::lock_guard lock(mutex_);
      queue_.push_back(&waiting);
    }
    not_empty_.notify_one();
    waiting.durable.acquire();
    if (waiting.failure) std::rethrow_exception(waiting.failure);
  }

 private:
  struct Waiting {
    Blob blob;
    std::binary_semaphore durable{0};
    std::exception_ptr failure;
  };

  std::vector<Waiting*> take_waiting(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    not_empty_.wait(lock, stop, [this] { return !queue_.empty(); });
    const auto count = std::min(queue_.size(), Segment::kMostBlobs);
    const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(count);
    std::vector<Waiting*> batch(queue_.begin(), end);
    queue_.erase(queue_.begin(), end);
    return batch;
  }

  void write_batches(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      const auto batch = take_waiting(stop);
      if (!batch.empty()) write(batch);
    }
  }

  void write(const std::vector<Waiting*>& batch) {
    std::exception_ptr failure;
    try {
      std::vector<Blob> blobs;
      blobs.reserve(batch.size());
      for (const auto* waiting : batch) blobs.push_back(waiting->blob);
      const auto places = segment_.append(blobs);
      if (rows_) rows_->insert(blobs, places);
    } catch (...) {
      failure = std::current_exception();
    }
    for (auto* waiting : batch) {
      waiting->failure = failure;
      waiting->durable.release();  // the last touch: its owner goes on
    }
  }

  Segment segment_;
  std::optional<RowLog> rows_;
  std::mutex mutex_;
  std::condition_variable_any not_empty_;
  std::vector<Waiting*> queue_;
  std::jthread writer_;  // last, so that it ends before what it uses
};

}  // namespace

std::unique_ptr<Sink> make_segment_sink(const std::filesystem::path& folder, bool rows) {
  return std::make_unique<SegmentSink>(folder, rows);
}

}  // namespace pixelvault::bench
