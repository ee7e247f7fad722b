// The body of one request as a pulled source: after a Content-Length straight off the socket,
// chunked (RFC 9112 §7.1) through Beast's parser. A client that sends too slowly is a time-out.
// Owned by the session; used by the one handler.
#pragma once

#include <cstdint>
#include <vector>

#include "base/byte_source.hpp"
#include "http/connection.hpp"
#include "http/header_parser.hpp"
#include "http/pace.hpp"
#include "http/read_buffer.hpp"

namespace pixelvault::http {

class RequestBody final : public base::ByteSource {
 public:
  /// `parser` has read the header; the bytes after it are in the buffer.
  RequestBody(Connection& connection, ReadBuffer& buffer, HeaderParser& parser,
              const Options& options);

  base::task<base::ReadResult> read() override;

  /// Gives back what the last read lent; after it the buffer begins with the next request.
  void settle();

  /// Whether all of it was read, so that the next request can follow on this connection.
  bool finished() const { return finished_; }
  std::uint64_t bytes_read() const { return bytes_read_; }

 private:
  /// The most that one read gives.
  static constexpr std::size_t kChunk = 64UL * 1024;

  base::task<base::ReadResult> read_sized();
  base::task<base::ReadResult> read_chunked();
  base::task<base::ReadResult> read_framed();
  base::task<base::ReadResult> fill_buffer();
  base::ReadResult take_buffered();
  base::MutableBytes chunk(std::size_t size);

  Connection& connection_;
  ReadBuffer& buffer_;
  HeaderParser& parser_;
  const Options& options_;
  Pace pace_;
  std::uint64_t remaining_ = 0;  // of a sized body
  std::size_t lent_ = 0;         // bytes of the buffer that the last read gave away
  std::vector<std::byte> chunk_;
  std::uint64_t bytes_read_ = 0;
  bool continue_expected_ = false;
  bool finished_ = false;
  bool failed_ = false;
};

}  // namespace pixelvault::http
