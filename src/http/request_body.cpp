#include "http/request_body.hpp"

#include <algorithm>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <utility>

namespace pixelvault::http {

namespace beast = boost::beast;

namespace {

bool expects_continue(const HeaderParser& parser) {
  const auto& header = parser.get();
  return header.version() >= 11 &&
         beast::iequals(header[beast::http::field::expect], "100-continue");
}

}  // namespace

RequestBody::RequestBody(Connection& connection, HeaderParser& parser, const Options& options)
    : connection_(connection),
      parser_(parser),
      options_(options),
      remaining_(parser.content_length().value_or(0)),
      continue_expected_(expects_continue(parser)),
      finished_(!parser.chunked() && remaining_ == 0) {}

base::task<base::ReadResult> RequestBody::read() {
  settle();
  if (finished_) co_return base::ByteView{};
  if (failed_) co_return std::unexpected(base::ReadError::Ended);
  if (std::exchange(continue_expected_, false) && connection_.buffer().size() == 0) {
    failed_ = !co_await connection_.send("HTTP/1.1 100 Continue\r\n\r\n", Connection::Flush::Now);
    if (failed_) co_return std::unexpected(base::ReadError::Ended);
  }
  connection_.deadline().expires_after(options_.body_timeout);
  auto result = co_await read_framed();
  connection_.deadline().clear();
  if (result) {
    bytes_read_ += result->size();
  } else {
    failed_ = true;
  }
  co_return result;
}

void RequestBody::settle() { connection_.buffer().consume(std::exchange(lent_, 0)); }

base::task<base::ReadResult> RequestBody::read_framed() {
  return parser_.chunked() ? read_chunked() : read_sized();
}

base::ReadResult RequestBody::take_buffered() {
  const auto data = connection_.buffer().cdata();
  lent_ = std::min<std::size_t>(data.size(), remaining_);
  return base::ByteView(static_cast<const std::byte*>(data.data()), lent_);
}

base::task<base::ReadResult> RequestBody::read_sized() {
  base::ReadResult result;
  if (connection_.buffer().size() > 0) {
    result = take_buffered();
  } else {
    result = co_await connection_.read_some(chunk(std::min<std::uint64_t>(kChunk, remaining_)));
    if (result && result->empty()) co_return std::unexpected(base::ReadError::Ended);
  }
  if (result) {
    remaining_ -= result->size();
    finished_ = remaining_ == 0;
  }
  co_return result;
}

base::task<base::ReadResult> RequestBody::read_chunked() {
  auto& body = parser_.get().body();
  const auto into = chunk(kChunk);
  body.data = into.data();
  body.size = into.size();
  while (!parser_.is_done() && body.size == into.size()) {
    // In the middle of a chunk the parser takes an empty buffer without asking for more.
    beast::error_code error = beast::http::error::need_more;
    if (connection_.buffer().size() > 0) {
      connection_.buffer().consume(parser_.put(connection_.buffer().data(), error));
    }
    if (error == beast::http::error::need_more && body.size == into.size()) {
      // What waits for more is a chunk's extension or a trailer, which nobody needs to be long.
      if (connection_.buffer().size() > options_.max_header_bytes) {
        co_return std::unexpected(base::ReadError::Malformed);
      }
      const auto more = co_await connection_.fill(kChunk);
      if (!more) co_return more;
      if (more->empty()) co_return std::unexpected(base::ReadError::Ended);
    } else if (error && error != beast::http::error::need_buffer &&
               error != beast::http::error::need_more) {
      co_return std::unexpected(base::ReadError::Malformed);
    }
  }
  finished_ = parser_.is_done();
  co_return into.first(into.size() - body.size);
}

base::MutableBytes RequestBody::chunk(std::size_t size) {
  if (chunk_.size() < size) chunk_.resize(size);
  return base::MutableBytes(chunk_).first(size);
}

}  // namespace pixelvault::http
