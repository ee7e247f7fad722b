#include "adapters/segments/segment_folder.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <exception>
#include <limits>
#include <span>
#include <string_view>

#include "adapters/posix/durable_directory.hpp"
#include "adapters/posix/extent_calls.hpp"
#include "adapters/posix/file_calls.hpp"
#include "adapters/segments/syncs.hpp"
#include "base/log.hpp"
#include "base/unavailable.hpp"

namespace pixelvault::adapters::segments {

using namespace posix;  // the system calls

using base::Unavailable;
using base::UniqueFd;

namespace fs = std::filesystem;

namespace {

constexpr const char* kNumbersFile = "last-number";
constexpr std::string_view kOpen = ".open";
constexpr std::string_view kFinished = ".seg";
constexpr std::size_t kDigits = 8;

std::string name_of(std::uint32_t number, std::string_view suffix) {
  const std::string digits = std::to_string(number);
  const std::string zeros(kDigits - std::min(kDigits, digits.size()), '0');
  return zeros + digits + std::string(suffix);
}

/// Nothing for files of other kinds.
std::optional<SegmentFolder::Entry> parse_name(std::string_view name) {
  SegmentFolder::Entry entry;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), entry.number);
  if (error != std::errc()) return std::nullopt;
  const std::string_view suffix(end, name.data() + name.size());
  entry.finished = suffix == kFinished;
  if (!entry.finished && suffix != kOpen) return std::nullopt;
  return name == name_of(entry.number, suffix) ? std::optional(entry) : std::nullopt;
}

UniqueFd make_root(const fs::path& root) {
  make_durable_directory(root);
  return open_directory(root);
}

std::optional<UniqueFd> open_name(const UniqueFd& directory, const std::string& name,
                                  SegmentFolder::Access access) {
  return access == SegmentFolder::Access::Read ? find_file(directory, name)
                                               : find_writable(directory, name);
}

std::uint32_t read_number(const UniqueFd& file) {
  std::array<std::byte, 16> bytes{};
  const auto text = base::as_text(std::span(bytes).first(read_some(file, bytes, 0)));
  std::uint32_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// As wide as the largest number, so that a smaller one leaves nothing of it.
void write_number(const UniqueFd& file, std::uint32_t number) {
  std::string text = std::to_string(number);
  text.resize(std::numeric_limits<std::uint32_t>::digits10 + 1, ' ');
  write_at(file, base::as_bytes(text + "\n"), 0);
}

}  // namespace

/// The folder's lock, among threads and among processes.
class SegmentFolder::Locked {
 public:
  explicit Locked(SegmentFolder& folder) : lock_(folder.mutex_), file_(folder.numbers_) {
    lock_file(file_);
  }
  Locked(const Locked&) = delete;
  Locked& operator=(const Locked&) = delete;
  ~Locked() { unlock_file(file_); }

 private:
  const std::lock_guard<std::mutex> lock_;
  const UniqueFd& file_;
};

SegmentFolder::SegmentFolder(const fs::path& root)
    : root_(root), directory_(make_root(root)), numbers_(open_or_create(directory_, kNumbersFile)) {
  const Locked lock(*this);
  const auto segments = list();  // the file is not synced: a power cut may have turned it back
  const std::uint32_t highest = segments.empty() ? 0 : segments.back().number;
  if (read_number(numbers_) < highest) write_number(numbers_, highest);
}

OwnedSegment SegmentFolder::create() {
  const Locked lock(*this);
  const std::uint32_t last = read_number(numbers_);
  if (last == std::numeric_limits<std::uint32_t>::max()) {
    throw Unavailable(Unavailable::Kind::Fail, "blobs: segment numbers are used up");
  }
  write_number(numbers_, last + 1);
  OwnedSegment made{.number = last + 1,
                    .file = create_writable(directory_, name_of(last + 1, kOpen))};
  lock_file(made.file);  // free: nobody claims without the folder's lock
  return made;
}

std::optional<OwnedSegment> SegmentFolder::claim(std::uint32_t number) {
  const Locked lock(*this);
  auto file = find_writable(directory_, name_of(number, kOpen));
  if (!file || !try_lock_file(*file)) return std::nullopt;
  return OwnedSegment{.number = number, .file = *std::move(file)};
}

void SegmentFolder::finish(const OwnedSegment& segment) {
  rename_within(directory_, name_of(segment.number, kOpen), name_of(segment.number, kFinished));
}

void SegmentFolder::sync() { syncs().directory(directory_); }

std::optional<UniqueFd> SegmentFolder::find(std::uint32_t number, Access access) const {
  // It may be finished between the two looks; then the third finds it.
  for (const auto suffix : {kFinished, kOpen, kFinished}) {
    if (auto file = open_name(directory_, name_of(number, suffix), access)) return file;
  }
  return std::nullopt;
}

bool SegmentFolder::is_finished(std::uint32_t number) const {
  return has_name(directory_, name_of(number, kFinished));
}

void SegmentFolder::remove(std::uint32_t number) {
  unlink_name(directory_, name_of(number, kFinished));
  unlink_name(directory_, name_of(number, kOpen));
}

void SegmentFolder::try_remove(std::uint32_t number) noexcept {
  try {
    remove(number);
  } catch (const std::exception& error) {
    spdlog::warn("segment {} was not removed: {}", number, error.what());
  }
}

std::vector<SegmentFolder::Entry> SegmentFolder::list() const {
  std::vector<Entry> entries;
  try {
    for (const auto& file : fs::directory_iterator(root_)) {
      if (const auto entry = parse_name(file.path().filename().string())) entries.push_back(*entry);
    }
  } catch (const fs::filesystem_error& error) {
    throw_errno(error.code().value(), "list " + root_.string());
  }
  std::ranges::sort(entries, {}, &Entry::number);
  return entries;
}

}  // namespace pixelvault::adapters::segments
