// What the server does beside the requests, as the loop of its main thread runs it: each returns
// whether there is more to do at once.
#pragma once

#include "app/use_cases.hpp"
#include "base/task.hpp"

namespace pixelvault::app {

base::task<bool> sweep(UseCases& use);
base::task<bool> flush_bandwidth(UseCases& use);
base::task<bool> flush_key_uses(UseCases& use);

}  // namespace pixelvault::app
