// The coroutine type of the whole server: lazy, resumed on the executor that it was spawned on.
#pragma once

#include <boost/asio/awaitable.hpp>

namespace pixelvault::base {

template <class T = void>
using task = boost::asio::awaitable<T>;

}  // namespace pixelvault::base
