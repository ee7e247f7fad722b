// One accepted socket with its deadline: what touches bytes on a wire. Belongs to the thread of its
// worker. What can be done at once is a plain call; only waiting is a task. Failures are plain
// `false` or a ReadError, since all that a session can do about them is to close.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/byte_source.hpp"
#include "base/deadline.hpp"
#include "base/unique_fd.hpp"
#include "http/options.hpp"
#include "http/pace.hpp"
#include "http/reactor.hpp"

namespace pixelvault::http {

class Connection {
 public:
  /// `More`: further bytes follow at once, so the kernel may wait for a full packet.
  enum class Flush { Now, More };

  /// The socket does not block.
  Connection(base::UniqueFd socket, Reactor& reactor, base::DeadlineKeeper& keeper,
             const Options& options);

  base::Deadline& deadline() { return deadline_; }

  /// Reads what there is, or what comes until the deadline. An empty view is the peer's end.
  base::task<base::ReadResult> receive(base::MutableBytes into);

  /// From here on a response is sent, whose pace is watched.
  void begin_response();
  /// Sends what the kernel takes at once and removes it from the texts, which go out one behind the
  /// other. False when the connection is over.
  bool send_now(std::span<std::string_view> texts, Flush flush);
  base::task<bool> send(std::string_view bytes, Flush flush);
  /// Sends at most `region` of a file, as much as the kernel takes at once, and moves the region's
  /// beginning there. False when the connection is over or the file too short.
  bool send_file_now(base::FileRegion& region);
  /// Waits until the client has taken something; false when it is too slow, or gone.
  base::task<bool> wait_writable();
  /// Lets the other connections of this thread have their turn.
  base::task<void> yield();

  /// Sends our end, then takes what the peer still sends off the wire, so that it can finish and
  /// read the answer instead of meeting a reset (RFC 9112 §9.6). Ends at the peer's end, after the
  /// time, or at `drain_bytes`, of which `drained` are behind it.
  base::task<void> close_gently(std::chrono::milliseconds time, std::uint64_t drained);
  /// Ends whatever is awaited here.
  void cancel();
  /// Ends the connection where it stands.
  void close();

 private:
  /// What there is to read now; nothing when there is nothing yet.
  std::optional<base::ReadResult> receive_now(base::MutableBytes into);
  /// Whether the send that has just failed did so because the kernel takes no more for now.
  bool is_full();
  std::uint64_t taken_by_client();

  const Options& options_;
  Reactor::Socket socket_;
  base::Deadline deadline_;
  Pace pace_;               // of the response that is being sent
  std::uint64_t sent_ = 0;  // of it, into the kernel
  unsigned received_ = 0;   // how often without waiting
  unsigned cancels_ = 0;    // that whoever has its turn later must hear of
};

}  // namespace pixelvault::http
