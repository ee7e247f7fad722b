#include "app/process.hpp"

#include <malloc.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>

#include "base/log.hpp"

namespace pixelvault::app {
namespace {

void raise_open_files() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) spdlog::warn("cannot raise the limit of open files");
}

}  // namespace

void prepare_process() {
  std::signal(SIGPIPE, SIG_IGN);
  // Addresses and hashes in the database are nobody else's business.
  ::umask(0027);
  raise_open_files();
  // One arena a core would keep every upload's buffers once for each thread that ever held one.
  ::mallopt(M_ARENA_MAX, 2);
  // A fixed threshold gives large buffers back to the system when they are freed.
  ::mallopt(M_MMAP_THRESHOLD, 128 * 1024);
}

}  // namespace pixelvault::app
