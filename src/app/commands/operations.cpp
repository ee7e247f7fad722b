#include "app/commands/operations.hpp"

namespace pixelvault::app {

void add_operations(CLI::App& program, Job& job) {
  add_scrub(program, job);
  add_backup(program, job);
  add_restore(program, job);
  add_doctor(program, job);
  add_blobs(program, job);
}

}  // namespace pixelvault::app
