// One keep-alive connection of the load generator: sends a request and reads its answer without
// ever blocking. Owns its socket; one thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/unique_fd.hpp"
#include "load/client/answer_reader.hpp"
#include "load/client/request.hpp"

namespace pixelvault::bench {

class Connection {
 public:
  enum class State { Waiting, Answered, Broken };

  /// Connects to 127.0.0.1; throws std::system_error when nothing listens.
  explicit Connection(std::uint16_t port);

  int fd() const { return fd_.get(); }
  /// The next request; what it views must live until the answer.
  void begin(Request request);
  /// Goes on as far as the socket lets it; to be called at every event of the descriptor.
  State proceed();
  /// Of the last request.
  const AnswerReader& answer() const { return answer_; }

 private:
  bool send_some(const Request& request);
  State read_some();

  base::UniqueFd fd_;
  std::optional<Request> request_;
  std::size_t sent_ = 0;
  AnswerReader answer_;
};

}  // namespace pixelvault::bench
