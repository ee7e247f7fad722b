#include "ports/filesystem/system_calls.hpp"

#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <mutex>
#include <optional>

namespace pixelvault::port_suites {

namespace {

struct Recording {
  RecordedSystemCalls::Plan plan;
  std::vector<std::string> names;
};

std::mutex g_mutex;
std::optional<Recording> g_recording;

struct Verdict {
  int error = 0;
  std::function<void()> before = {};
};

Verdict judge(const char* name) {
  const std::lock_guard lock(g_mutex);
  if (!g_recording) return {};
  auto& [plan, names] = *g_recording;
  names.emplace_back(name);
  if (plan.call != name) return {};
  const auto which = std::ranges::count(names, name) - plan.occurrence;
  return {.error = which >= 0 && which < plan.times ? plan.error : 0,
          .before = which == 0 ? plan.before : nullptr};
}

/// The errno with which this call has to fail, or 0. Notes the call.
int note(const char* name) {
  const auto verdict = judge(name);
  if (verdict.before) verdict.before();
  return verdict.error;
}

bool interrupts_write() {
  const std::lock_guard lock(g_mutex);
  return g_recording && g_recording->plan.interrupted &&
         std::ranges::count(g_recording->names, "write") % 2 == 1;
}

std::size_t most_of_a_write() {
  const std::lock_guard lock(g_mutex);
  return g_recording ? g_recording->plan.most : ~0UL;
}

int failed(int error) {
  errno = error;
  return -1;
}

}  // namespace

RecordedSystemCalls::RecordedSystemCalls(Plan plan) {
  const std::lock_guard lock(g_mutex);
  g_recording = Recording{.plan = std::move(plan), .names = {}};
}

RecordedSystemCalls::~RecordedSystemCalls() {
  const std::lock_guard lock(g_mutex);
  g_recording.reset();
}

std::vector<std::string> RecordedSystemCalls::names() const {
  const std::lock_guard lock(g_mutex);
  return g_recording->names;
}

}  // namespace pixelvault::port_suites

using pixelvault::port_suites::failed;
using pixelvault::port_suites::note;

extern "C" {

ssize_t write(int fd, const void* bytes, size_t size) {
  if (const int error = note("write")) return failed(error);
  if (pixelvault::port_suites::interrupts_write()) return failed(EINTR);
  return ::syscall(SYS_write, fd, bytes,
                   std::min(size, pixelvault::port_suites::most_of_a_write()));
}

ssize_t pwritev(int fd, const iovec* parts, int count, off_t offset) {
  if (const int error = note("pwritev")) return failed(error);
  const auto most = pixelvault::port_suites::most_of_a_write();
  if (most == ~0UL) return ::syscall(SYS_pwritev, fd, parts, count, offset, 0);
  return ::syscall(SYS_pwrite64, fd, parts->iov_base, std::min(parts->iov_len, most), offset);
}

int fallocate(int fd, int mode, off_t offset, off_t length) {
  if (const int error = note(mode == 0 ? "fallocate" : "punch")) return failed(error);
  return static_cast<int>(::syscall(SYS_fallocate, fd, mode, offset, length));
}

int renameat(int from, const char* from_name, int to, const char* name) noexcept {
  if (const int error = note("renameat")) return failed(error);
  return static_cast<int>(::syscall(SYS_renameat2, from, from_name, to, name, 0));
}

int ftruncate(int fd, off_t size) noexcept {
  if (const int error = note("ftruncate")) return failed(error);
  return static_cast<int>(::syscall(SYS_ftruncate, fd, size));
}

int fdatasync(int fd) {
  if (const int error = note("fdatasync")) return failed(error);
  return static_cast<int>(::syscall(SYS_fdatasync, fd));
}

int fsync(int fd) {
  if (const int error = note("fsync")) return failed(error);
  return static_cast<int>(::syscall(SYS_fsync, fd));
}

int linkat(int from, const char* from_name, int to, const char* name, int flags) noexcept {
  if (const int error = note("linkat")) return failed(error);
  return static_cast<int>(::syscall(SYS_linkat, from, from_name, to, name, flags));
}

int mkdirat(int directory, const char* name, mode_t mode) noexcept {
  if (const int error = note("mkdirat")) return failed(error);
  return static_cast<int>(::syscall(SYS_mkdirat, directory, name, mode));
}

int unlinkat(int directory, const char* name, int flags) noexcept {
  if (const int error = note("unlinkat")) return failed(error);
  return static_cast<int>(::syscall(SYS_unlinkat, directory, name, flags));
}

}  // extern "C"
