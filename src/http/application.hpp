// What the edge needs from the program behind it. One object serves all connections of all threads
// at once, so everything here must be safe to call from any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/task.hpp"
#include "http/message.hpp"

namespace pixelvault::http {

/// Something that is no request that could be handled, or comes when there are too many.
struct Refusal {
  enum class Kind {
    BadRequest,       ///< not HTTP, or HTTP that this server does not speak
    HeadersTooLarge,  ///< 431
    Timeout,          ///< the header did not arrive in time
    Overloaded,       ///< 503: too many connections or requests at the moment
  };
  Kind kind = Kind::BadRequest;
  std::string message;  ///< a sentence for the client
  std::string request_id;
  std::uint64_t limit = 0;  ///< bytes, with HeadersTooLarge
};

/// One request and its answer, when both are over.
struct Exchange {
  std::string_view method;
  std::string_view path;
  std::string_view request_id;
  unsigned status = 0;
  std::uint64_t body_bytes_read =
      0;  ///< by the handler; what was drained afterwards does not count
  std::uint64_t body_bytes_sent = 0;  ///< of a text that was cut, 0
  std::chrono::microseconds took{};
  bool complete = false;             ///< whether the whole response went out
  const Request* request = nullptr;  ///< null when there was none that could be handled
};

class Application {
 public:
  virtual ~Application() = default;
  /// The answer, where it takes no waiting, no time and no body of the request; nothing where
  /// `handle` has to be asked. An exception closes the connection, as with `handle`.
  virtual std::optional<Response> answer_now(Request&) { return std::nullopt; }
  /// Answers a request. An exception closes the connection, so all that may be expected is caught
  /// inside.
  virtual base::task<Response> handle(Request& request) = 0;
  /// The answer to what is no request, or one too many; must be quick. The connection is closed
  /// after it, unless a well-formed request was one too many.
  virtual Response refuse(const Refusal& refusal) = 0;
  virtual void completed(const Exchange& exchange) = 0;
};

}  // namespace pixelvault::http
