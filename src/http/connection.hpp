// One accepted socket with its read buffer and its deadline: the only file besides the session that
// touches bytes on a wire. Belongs to the thread of its worker. Failures are plain `false` or a
// ReadError, since all that a session can do about them is to close.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <chrono>
#include <string>
#include <string_view>

#include "base/byte_source.hpp"
#include "base/deadline.hpp"
#include "base/unique_fd.hpp"
#include "http/options.hpp"

namespace pixelvault::http {

using Socket =
    boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

class Connection {
 public:
  /// `More`: further bytes follow at once, so the kernel may wait for a full packet.
  enum class Flush { Now, More };

  Connection(Socket socket, base::DeadlineKeeper& keeper, const Options& options);

  /// Bytes that arrived and were not consumed yet.
  boost::beast::flat_buffer& buffer() { return buffer_; }
  base::Deadline& deadline() { return deadline_; }
  /// Of the peer; empty when it has gone. An IPv4 address is written as one on an IPv6 socket too.
  std::string remote_address() const;
  /// Frees an empty buffer that a body has made large; an idle connection should cost little.
  void give_back_memory();

  /// Waits until something can be read; false when the peer or the deadline ended the connection.
  base::task<bool> wait_readable();
  /// Reads what there is into the buffer, at most `bytes`. An empty result is the peer's end.
  base::task<base::ReadResult> fill(std::size_t bytes);
  /// Reads what there is into `into`.
  base::task<base::ReadResult> read_some(base::MutableBytes into);

  base::task<bool> send(std::string_view bytes, Flush flush);
  base::task<bool> send_file(const base::FileRegion& region, std::uint64_t& sent);

  /// Sends our end, then takes what the peer still sends off the wire, so that it can finish and
  /// read the answer instead of meeting a reset (RFC 9112 §9.6). Ends at the peer's end or at the
  /// drain limits.
  base::task<void> close_gently();
  /// Ends whatever is awaited here.
  void cancel();
  /// Ends the connection where it stands.
  void close();

 private:
  base::task<bool> wait(Socket::wait_type what);

  const Options& options_;
  Socket socket_;
  base::Deadline deadline_;
  boost::beast::flat_buffer buffer_;
};

}  // namespace pixelvault::http
