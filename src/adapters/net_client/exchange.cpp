#include "adapters/net_client/exchange.hpp"

#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <utility>

#include "adapters/net_client/failures.hpp"

namespace pixelvault::adapters::net_client {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using domain::Result;

namespace {

constexpr unsigned kMaxInterimAnswers = 4;  // 1xx, such as 103 Early Hints

bool is_failure(const beast::error_code& error) {
  return error && error != http::error::need_more && error != http::error::need_buffer;
}

std::unexpected<domain::Error> no_http(const beast::error_code& error) {
  if (error == http::error::header_limit) {
    return import_failed("The header of the answer is larger than 16384 bytes.");
  }
  return import_failed("The answer is no proper HTTP: " + error.message() + ".");
}

}  // namespace

std::string request_for(const domain::WebAddress& address, std::string_view user_agent,
                        const std::optional<domain::TraceContext>& trace) {
  std::string request = "GET " + address.target + " HTTP/1.1\r\nHost: " + address.host_field();
  request.append("\r\nUser-Agent: ").append(user_agent);
  if (trace) request.append("\r\ntraceparent: ").append(domain::format_traceparent(*trace));
  request += "\r\nAccept: image/*\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n";
  return request;
}

base::task<Result<void>> Exchange::ask(const domain::WebAddress& address,
                                       std::span<const domain::IpAddress> resolved,
                                       boost::asio::ssl::context& tls, std::string_view request) {
  auto done = co_await connection_.open(address, resolved, tls);
  if (!done) co_return done;
  connection_.expect_within(deadlines_.answer);
  done = co_await connection_.send(request);
  if (done) done = co_await read_header();
  co_return done;
}

base::task<Result<void>> Exchange::read_header() {
  for (unsigned answers = 0; answers <= kMaxInterimAnswers; ++answers) {
    auto parsed = co_await parse_header();
    if (!parsed || status() >= 200) co_return parsed;
  }
  co_return import_failed("The server gave interim answers only.");
}

base::task<Result<void>> Exchange::parse_header() {
  parser_ = std::make_unique<Parser>();
  parser_->header_limit(kMaxHeaderBytes);
  parser_->body_limit(boost::none);  // the plan of the client decides, while the body streams
  while (!parser_->is_header_done()) {
    beast::error_code error;
    if (buffer_.size() > 0) buffer_.consume(parser_->put(buffer_.data(), error));
    if (is_failure(error)) co_return no_http(error);
    if (parser_->is_header_done()) break;
    const auto more = co_await fill();
    if (!more) co_return std::unexpected(more.error());
    if (!*more) co_return import_failed("The server closed the connection without an answer.");
  }
  parser_->eager(true);
  co_return Result<void>{};
}

base::task<Result<bool>> Exchange::fill() {
  const auto space = buffer_.prepare(kReadBytes);
  const base::MutableBytes into(static_cast<std::byte*>(space.data()), space.size());
  const auto count = co_await connection_.read_some(into);
  if (!count) co_return std::unexpected(count.error());
  buffer_.commit(*count);
  co_return *count > 0;
}

std::string_view Exchange::location() const {
  const auto value = parser_->get()[http::field::location];
  return {value.data(), value.size()};
}

Result<void> Exchange::check_coding() const {
  const auto& header = parser_->get();
  const auto [first, last] = header.equal_range(http::field::content_encoding);
  for (auto field = first; field != last; ++field) {
    if (beast::iequals(field->value(), "identity")) continue;
    return import_failed(
        "The server sent the file compressed (Content-Encoding) though it was "
        "asked not to.");
  }
  const auto transfer = header[http::field::transfer_encoding];
  if (!transfer.empty() && !beast::iequals(transfer, "chunked")) {
    return import_failed("The Transfer-Encoding of the answer is not supported.");
  }
  return {};
}

std::optional<std::uint64_t> Exchange::length() const {
  const auto length = parser_->content_length();
  return length ? std::optional<std::uint64_t>(*length) : std::nullopt;
}

Result<void> Exchange::parse_body() {
  // In the middle of a chunk the parser takes an empty buffer without asking for more.
  if (buffer_.size() == 0) return {};
  beast::error_code error;
  buffer_.consume(parser_->put(buffer_.data(), error));
  if (is_failure(error)) return no_http(error);
  // What waits for more is a chunk's extension or a trailer, which nobody needs to be long.
  if (error == http::error::need_more && buffer_.size() > kMaxHeaderBytes) {
    return import_failed("A chunk's header in the answer is larger than 16384 bytes.");
  }
  return {};
}

base::task<Result<base::ByteView>> Exchange::read() {
  portion_.resize(kReadBytes);
  auto& body = parser_->get().body();
  body.data = portion_.data();
  body.size = portion_.size();
  connection_.expect_within(deadlines_.idle);
  while (!parser_->is_done()) {
    if (const auto parsed = parse_body(); !parsed) co_return std::unexpected(parsed.error());
    if (parser_->is_done() || body.size < portion_.size()) break;
    const auto more = co_await fill();
    if (!more) co_return std::unexpected(more.error());
    if (*more) continue;
    beast::error_code error;
    parser_->put_eof(error);
    if (error) co_return import_failed("The transfer broke before the end of the file.");
  }
  co_return base::ByteView(portion_).first(portion_.size() - body.size);
}

}  // namespace pixelvault::adapters::net_client
