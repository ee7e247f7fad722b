// What the server does beside the requests, as the loop of its main thread runs it.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "base/task.hpp"

namespace pixelvault::app {

struct UseCases;

/// Work that is done again and again.
struct Chore {
  std::string name;  ///< what follows "the" in the log; a label in the metrics
  std::chrono::seconds pause;
  std::function<base::task<bool>()> work;  ///< true: at once again
};

/// `use` outlives them.
std::vector<Chore> make_chores(UseCases& use);

}  // namespace pixelvault::app
