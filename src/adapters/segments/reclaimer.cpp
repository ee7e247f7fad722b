#include "adapters/segments/reclaimer.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include "adapters/posix/extent_calls.hpp"
#include "adapters/posix/file_calls.hpp"
#include "adapters/posix/unheld_pages.hpp"
#include "adapters/segments/segment_reader.hpp"
#include "base/log.hpp"

namespace pixelvault::adapters::segments {

using namespace posix;  // the system calls

namespace {

constexpr std::size_t kQueue = 10'000;

/// Records that live, and one for every gap: what is damaged there may be somebody's picture.
std::size_t count_living(const base::UniqueFd& file) {
  const SegmentReader reader(file);
  std::size_t count = 0;
  std::uint64_t end = kFirstRecord;
  const auto skips_to = [&](std::uint64_t offset) {
    return offset > align_up(end, kBatchAlignment);
  };
  for (auto record = reader.next(end); record; record = reader.next(end)) {
    if (!record->removed || skips_to(record->offset)) ++count;
    end = record->end();
  }
  return skips_to(file_size(file)) ? count + 1 : count;
}

Extent payload_of(const Record& record) {
  return {.offset = record.payload(), .length = record.payload_bytes};
}

/// Payloads of removed records whose space was not given back.
std::vector<Extent> find_unpunched(const base::UniqueFd& file) {
  const SegmentReader reader(file);
  std::vector<Extent> found;
  for (auto record = reader.next(0); record; record = reader.next(record->end())) {
    if (!record->removed) continue;
    const PageRange pages = whole_pages(record->payload(), record->payload_bytes);
    const auto data = find_data(file, pages.begin);
    if (data && *data < pages.end) {
      found.push_back(payload_of(*record));
    }
  }
  return found;
}

}  // namespace

Reclaimer::Reclaimer(SegmentFolder& folder, OpenSegments& open)
    : folder_(folder), open_(open), thread_({.name = "blobs-reclaim", .queue = kQueue}) {}

void Reclaimer::reclaim(std::uint32_t number, std::vector<Extent> extents) noexcept {
  post([this, number, extents = std::move(extents)] { punch(number, extents); });
}

void Reclaimer::look_at(std::uint32_t number) noexcept {
  post([this, number] {
    if (unfinished_.erase(number) > 0) note_removed(number, 0);
  });
}

base::task<void> Reclaimer::sweep() {
  for (const auto& entry : folder_.list()) {
    const std::uint32_t number = entry.number;
    co_await thread_.run([this, number] { sweep_segment(number); });
  }
}

base::task<void> Reclaimer::sweep_next() {
  co_await thread_.run([this] { sweep_next_finished(); });
}

void Reclaimer::post(std::move_only_function<void()> job) noexcept {
  try {
    thread_.post([job = std::move(job)]() mutable {
      try {
        job();
      } catch (const std::exception& error) {
        spdlog::warn("space of removed blobs was not given back: {}", error.what());
      }
    });
  } catch (const std::exception& error) {
    spdlog::warn("space of removed blobs is not given back now: {}", error.what());
  }
}

void Reclaimer::punch(std::uint32_t number, const std::vector<Extent>& extents) {
  const auto file = folder_.find(number, SegmentFolder::Access::Write);
  if (!file) return;
  for (const Extent& extent : extents) punch_or_keep(*file, number, extent);
  note_removed(number, extents.size());
}

/// What a socket still holds is tried again later; when too much is, it stays for the sweep.
void Reclaimer::punch_or_keep(const base::UniqueFd& file, std::uint32_t number,
                              const Extent& extent) {
  if (punch_unheld(file, extent.offset, extent.length)) return;
  if (held_.size() < kQueue) held_.push_back({.number = number, .extent = extent});
}

void Reclaimer::punch_held() {
  for (const Held& held : std::exchange(held_, {})) {
    const auto file = folder_.find(held.number, SegmentFolder::Access::Write);
    if (file) punch_or_keep(*file, held.number, held.extent);
  }
}

void Reclaimer::note_removed(std::uint32_t number, std::size_t count) {
  if (!folder_.is_finished(number)) {
    unfinished_.insert(number);  // it may still grow
    return;
  }
  const auto [living, is_new] = living_.try_emplace(number, 0);
  living->second -= std::min(living->second, count);
  if (is_new || living->second == 0) remove_segment_if_empty(number);
}

/// Believes the segment alone: the count may be wrong by records that were removed twice.
void Reclaimer::remove_segment_if_empty(std::uint32_t number) {
  const auto file = folder_.find(number, SegmentFolder::Access::Read);
  const std::size_t living = file ? count_living(*file) : 0;
  if (living > 0) {
    living_[number] = living;
    return;
  }
  folder_.remove(number);
  open_.forget(number);
  living_.erase(number);
}

void Reclaimer::sweep_segment(std::uint32_t number) {
  const auto file = folder_.find(number, SegmentFolder::Access::Read);
  if (!file) return;
  auto unpunched = find_unpunched(*file);
  if (!unpunched.empty()) {
    open_.release(number, std::move(unpunched));
  } else if (folder_.is_finished(number)) {
    remove_segment_if_empty(number);
  }
}

/// What is being written needs no sweep: a crash leaves it finished, by the next start.
void Reclaimer::sweep_next_finished() {
  punch_held();
  auto entries = folder_.list();
  std::erase_if(entries, [](const auto& entry) { return !entry.finished; });
  if (entries.empty()) return;
  const auto next = std::ranges::upper_bound(entries, swept_, {}, &SegmentFolder::Entry::number);
  swept_ = next == entries.end() ? entries.front().number : next->number;
  sweep_segment(swept_);
}

}  // namespace pixelvault::adapters::segments
