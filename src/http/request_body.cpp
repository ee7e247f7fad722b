#include "http/request_body.hpp"

#include <algorithm>
#include <boost/beast/http/error.hpp>
#include <utility>

namespace pixelvault::http {

namespace beast = boost::beast;

RequestBody::RequestBody(Connection& connection, ReadBuffer& buffer, HeaderParser& parser,
                         const Options& options)
    : connection_(connection),
      buffer_(buffer),
      parser_(parser),
      options_(options),
      pace_(options),
      remaining_(parser.content_length().value_or(0)),
      continue_expected_(parser.expects_continue()),
      finished_(!parser.chunked() && remaining_ == 0) {}

base::task<base::ReadResult> RequestBody::read() {
  settle();
  if (finished_) co_return base::ByteView{};
  if (failed_) co_return std::unexpected(base::ReadError::Ended);
  if (std::exchange(continue_expected_, false) && buffer_.empty()) {
    failed_ = !co_await connection_.send("HTTP/1.1 100 Continue\r\n\r\n", Connection::Flush::Now);
    if (failed_) co_return std::unexpected(base::ReadError::Ended);
  }
  const auto begun = base::DeadlineKeeper::Clock::now();
  const auto patience = std::min(options_.body_timeout, pace_.left(bytes_read_));
  connection_.deadline().expires_after(patience);
  auto result = co_await read_framed();
  connection_.deadline().clear();
  pace_.waited(base::DeadlineKeeper::Clock::now() - begun);
  if (result) {
    bytes_read_ += result->size();
  } else {
    failed_ = true;
  }
  co_return result;
}

void RequestBody::settle() { buffer_.consume(std::exchange(lent_, 0)); }

base::task<base::ReadResult> RequestBody::read_framed() {
  return parser_.chunked() ? read_chunked() : read_sized();
}

base::ReadResult RequestBody::take_buffered() {
  const auto bytes = base::as_bytes(buffer_.unread());
  lent_ = std::min<std::size_t>(bytes.size(), remaining_);
  return bytes.first(lent_);
}

base::task<base::ReadResult> RequestBody::read_sized() {
  base::ReadResult result;
  if (!buffer_.empty()) {
    result = take_buffered();
  } else {
    result = co_await connection_.receive(chunk(std::min<std::uint64_t>(kChunk, remaining_)));
    if (result && result->empty()) co_return std::unexpected(base::ReadError::Ended);
  }
  if (result) {
    remaining_ -= result->size();
    finished_ = remaining_ == 0;
  }
  co_return result;
}

base::task<base::ReadResult> RequestBody::read_chunked() {
  const auto into = chunk(kChunk);
  parser_.chunks_into(into);
  while (!parser_.is_done() && parser_.sink_left() == into.size()) {
    // In the middle of a chunk the parser takes an empty buffer without asking for more.
    beast::error_code error = beast::http::error::need_more;
    if (!buffer_.empty()) buffer_.consume(parser_.parse(buffer_.unread(), error));
    if (error == beast::http::error::need_more && parser_.sink_left() == into.size()) {
      const auto more = co_await fill_buffer();
      if (!more) co_return more;
    } else if (error && error != beast::http::error::need_buffer &&
               error != beast::http::error::need_more) {
      co_return std::unexpected(base::ReadError::Malformed);
    }
  }
  finished_ = parser_.is_done();
  co_return into.first(into.size() - parser_.sink_left());
}

base::task<base::ReadResult> RequestBody::fill_buffer() {
  // What waits for more is a chunk's extension or a trailer, which nobody needs to be long.
  if (buffer_.unread().size() > options_.max_header_bytes) {
    co_return std::unexpected(base::ReadError::Malformed);
  }
  const auto more = co_await connection_.receive(buffer_.space());
  if (more && more->empty()) co_return std::unexpected(base::ReadError::Ended);
  if (more) buffer_.commit(more->size());
  co_return more;
}

base::MutableBytes RequestBody::chunk(std::size_t size) {
  if (chunk_.size() < size) chunk_.resize(size);
  return base::MutableBytes(chunk_).first(size);
}

}  // namespace pixelvault::http
