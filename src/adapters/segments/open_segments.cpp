#include "adapters/segments/open_segments.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

namespace pixelvault::adapters::segments {

using base::UniqueFd;

/// One opening of a segment. Files that are handed out share it, and its end says that none of them
/// is left.
class OpenSegments::Lease {
 public:
  Lease(std::shared_ptr<State> state, std::uint32_t number, std::uint64_t id, File file)
      : state_(std::move(state)), number_(number), id_(id), file_(std::move(file)) {}
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  ~Lease();

  const File& file() const { return file_; }

 private:
  const std::shared_ptr<State> state_;
  const std::uint32_t number_;
  const std::uint64_t id_;
  const File file_;
};

struct OpenSegments::State : std::enable_shared_from_this<State> {
  using LeasePointer = std::shared_ptr<Lease>;

  struct Cached {
    LeasePointer lease;
    std::uint64_t used = 0;
  };
  struct Released {
    std::uint64_t before = 0;  ///< leases with a smaller id may read it
    std::vector<Extent> extents;
  };
  struct Readers {
    std::set<std::uint64_t> leases;
    std::vector<Released> released;
  };

  File find(std::uint32_t number) {
    const auto found = cached.find(number);
    if (found == cached.end()) return nullptr;
    found->second.used = ++clock;
    const auto& lease = found->second.lease;
    return {lease, lease->file().get()};
  }

  /// A lease of its own on a file that is open already.
  LeasePointer lease(std::uint32_t number, File file) {
    const std::uint64_t id = ++last_id;
    auto made = std::make_shared<Lease>(shared_from_this(), number, id, std::move(file));
    readers[number].leases.insert(id);
    return made;
  }

  /// What has waited for its readers and has none any more.
  std::vector<Extent> take_unread(Readers& of) const {
    const std::uint64_t oldest = of.leases.empty() ? last_id + 1 : *of.leases.begin();
    const auto waits = [&](const Released& one) { return one.before > oldest; };
    const auto done = std::ranges::stable_partition(of.released, waits);
    std::vector<Extent> taken;
    for (const Released& one : done) {
      taken.insert(taken.end(), one.extents.begin(), one.extents.end());
    }
    of.released.erase(done.begin(), done.end());
    return taken;
  }

  void report_unread(std::uint32_t number) {
    const auto found = readers.find(number);
    if (found == readers.end()) return;
    auto extents = take_unread(found->second);
    if (found->second.leases.empty() && found->second.released.empty()) readers.erase(found);
    if (!extents.empty() && unread) unread(number, std::move(extents));
  }

  void end_lease(std::uint32_t number, std::uint64_t id) {
    const std::lock_guard lock(mutex);
    readers[number].leases.erase(id);
    report_unread(number);
  }

  /// Takes the least recently used one out.
  LeasePointer evict() {
    const auto oldest =
        std::ranges::min_element(cached, {}, [](const auto& entry) { return entry.second.used; });
    LeasePointer evicted = std::move(oldest->second.lease);
    cached.erase(oldest);
    return evicted;
  }

  std::mutex mutex;  // guards everything
  Unread unread;
  std::unordered_map<std::uint32_t, Cached> cached;
  std::map<std::uint32_t, Readers> readers;
  std::uint64_t last_id = 0;
  std::uint64_t clock = 0;  // of uses
};

OpenSegments::Lease::~Lease() { state_->end_lease(number_, id_); }

OpenSegments::OpenSegments(const SegmentFolder& folder, std::size_t limit, Unread unread)
    : folder_(folder), limit_(std::max<std::size_t>(limit, 1)), state_(std::make_shared<State>()) {
  state_->unread = std::move(unread);
}

OpenSegments::~OpenSegments() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->unread = nullptr;
  }
  close();
}

void OpenSegments::close() {
  std::unordered_map<std::uint32_t, State::Cached> closing;  // leases end outside of the lock
  const std::lock_guard lock(state_->mutex);
  closing.swap(state_->cached);
}

OpenSegments::File OpenSegments::find(std::uint32_t number) {
  const std::lock_guard lock(state_->mutex);
  return state_->find(number);
}

OpenSegments::File OpenSegments::open(std::uint32_t number) {
  if (auto file = find(number)) return file;
  auto opened = folder_.find(number, SegmentFolder::Access::Read);
  if (!opened) return nullptr;
  State::LeasePointer made, evicted;  // end outside of the lock
  const std::lock_guard lock(state_->mutex);
  if (auto file = state_->find(number)) return file;  // another thread was faster
  if (state_->cached.size() >= limit_) evicted = state_->evict();
  made = state_->lease(number, std::make_shared<const UniqueFd>(*std::move(opened)));
  state_->cached.emplace(number, State::Cached{.lease = made});
  return state_->find(number);
}

void OpenSegments::release(std::uint32_t number, std::vector<Extent> extents) {
  State::LeasePointer old;  // ends outside of the lock
  const std::lock_guard lock(state_->mutex);
  state_->readers[number].released.push_back(
      {.before = state_->last_id + 1, .extents = std::move(extents)});
  const auto cached = state_->cached.find(number);
  if (cached != state_->cached.end()) {
    old = std::exchange(cached->second.lease, nullptr);
    cached->second.lease = state_->lease(number, old->file());
  }
  state_->report_unread(number);
}

void OpenSegments::forget(std::uint32_t number) {
  State::LeasePointer old;  // ends outside of the lock
  const std::lock_guard lock(state_->mutex);
  const auto cached = state_->cached.find(number);
  if (cached == state_->cached.end()) return;
  old = std::move(cached->second.lease);
  state_->cached.erase(cached);
}

}  // namespace pixelvault::adapters::segments
