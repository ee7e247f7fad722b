#include <fcntl.h>
#include <unistd.h>

#include <string>

#include "base/unique_fd.hpp"
#include "load/disk/calls.hpp"
#include "load/disk/sink.hpp"

namespace pixelvault::bench {
namespace {

class FileSink : public Sink {
 public:
  explicit FileSink(const std::filesystem::path& folder)
      : folder_(open(folder.c_str(), O_DIRECTORY | O_RDONLY | O_CLOEXEC)) {
    check(folder_.get(), "open");
  }

  void store(std::uint64_t number, std::string_view blob) override {
    const base::UniqueFd file(openat(folder_.get(), ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600));
    check(file.get(), "openat");
    iovec part = part_of(blob);
    write_all(file.get(), {&part, 1}, 0);
    check(fdatasync(file.get()), "fdatasync");
    // The way to name a nameless file that needs no privilege.
    const auto nameless = "/proc/self/fd/" + std::to_string(file.get());
    const auto name = std::to_string(number);
    check(linkat(AT_FDCWD, nameless.c_str(), folder_.get(), name.c_str(), AT_SYMLINK_FOLLOW),
          "linkat");
    check(fsync(folder_.get()), "fsync");
  }

 private:
  base::UniqueFd folder_;
};

}  // namespace

std::unique_ptr<Sink> make_file_sink(const std::filesystem::path& folder) {
  return std::make_unique<FileSink>(folder);
}

}  // namespace pixelvault::bench
