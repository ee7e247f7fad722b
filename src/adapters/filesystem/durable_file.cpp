#include "adapters/filesystem/durable_file.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <vector>

#include "adapters/filesystem/syncs.hpp"
#include "adapters/posix/file_calls.hpp"
#include "base/unavailable.hpp"

namespace pixelvault::adapters::filesystem {

namespace fs = std::filesystem;

using namespace posix;  // the system calls

using base::UniqueFd;

namespace {

constexpr std::size_t kChunk = 1024UL * 1024;

fs::path folder_of(const fs::path& path) { return fs::absolute(path).parent_path(); }

UniqueFd open_whole(const fs::path& path) {
  const auto folder = open_directory(folder_of(path));
  auto file = find_file(folder, path.filename().string());
  if (!file) throw_errno(ENOENT, "open " + path.string());
  return *std::move(file);
}

template <class Take>
void read_through(const fs::path& path, const Take& take) {
  const UniqueFd file = open_whole(path);
  const std::uint64_t size = file_size(file);
  std::vector<std::byte> chunk;
  for (std::uint64_t at = 0; at < size; at += chunk.size()) {
    chunk.resize(std::min<std::uint64_t>(size - at, kChunk));
    read_all(file, chunk, at);
    take(base::ByteView(chunk));
  }
}

fs::path unfinished(const fs::path& path) { return path.string() + ".part"; }

void rename_over(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::rename(from, to, error);
  if (error) throw_errno(error.value(), "rename " + from.string());
  syncs().directory(open_directory(folder_of(to)));
}

/// What `write` puts into the file, under its name when all of it is durable.
template <class Write>
void replace(const fs::path& path, const Write& write) {
  const fs::path part = unfinished(path);
  const auto folder = open_directory(folder_of(path));
  unlink_name(folder, part.filename().string());
  const UniqueFd file = create_named(folder, part.filename().string());
  write(file);
  syncs().data(file);
  rename_over(part, path);
}

}  // namespace

void write_file(const fs::path& path, std::string_view bytes) {
  replace(path, [&](const UniqueFd& file) { write_all(file, base::as_bytes(bytes)); });
}

std::string read_file(const fs::path& path) {
  std::string text;
  read_through(path, [&](base::ByteView bytes) { text += base::as_text(bytes); });
  return text;
}

base::Sha256 copy_file(const fs::path& from, const fs::path& to) {
  base::Sha256Stream hash;
  replace(to, [&](const UniqueFd& file) {
    read_through(from, [&](base::ByteView bytes) {
      hash.update(bytes);
      write_all(file, bytes);
    });
  });
  return hash.finish();
}

base::Sha256 hash_file(const fs::path& path) {
  base::Sha256Stream hash;
  read_through(path, [&](base::ByteView bytes) { hash.update(bytes); });
  return hash.finish();
}

void publish_file(const fs::path& from, const fs::path& to) {
  syncs().data(open_whole(from));
  rename_over(from, to);
}

void remove_file(const fs::path& path) {
  const auto folder = open_directory(folder_of(path));
  unlink_name(folder, path.filename().string());
  syncs().directory(folder);
}

}  // namespace pixelvault::adapters::filesystem
