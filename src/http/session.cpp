#include "http/session.hpp"

#include <boost/beast/http/error.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <charconv>
#include <chrono>
#include <optional>
#include <utility>

#include "http/request_id.hpp"

namespace pixelvault::http {

namespace beast = boost::beast;
using Flush = Connection::Flush;

namespace {

constexpr std::size_t kHeaderRead = 4UL * 1024;

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

Method method_of(beast::http::verb verb) {
  switch (verb) {
    case beast::http::verb::get:
      return Method::Get;
    case beast::http::verb::head:
      return Method::Head;
    case beast::http::verb::post:
      return Method::Post;
    case beast::http::verb::put:
      return Method::Put;
    case beast::http::verb::patch:
      return Method::Patch;
    case beast::http::verb::delete_:
      return Method::Delete;
    case beast::http::verb::options:
      return Method::Options;
    default:
      return Method::Other;
  }
}

/// Why a request with a well-formed header cannot be understood all the same.
std::optional<std::string> misunderstood(const HeaderParser& parser) {
  const auto& header = parser.get();
  if (header.version() != 10 && header.version() != 11) {
    return "This server speaks HTTP/1.1 and HTTP/1.0.";
  }
  if (header.version() == 11 && header.count(beast::http::field::host) != 1) {
    return "An HTTP/1.1 request needs exactly one Host header.";
  }
  const auto encodings = header.count(beast::http::field::transfer_encoding);
  const auto encoding = header[beast::http::field::transfer_encoding];
  if (encodings > 1 || (encodings == 1 && !beast::iequals(encoding, "chunked"))) {
    return "The only Transfer-Encoding that this server understands is chunked, once.";
  }
  if (encodings == 1 && header.version() != 11) {
    return "A Transfer-Encoding needs HTTP/1.1 (RFC 9112 §6.1).";
  }
  return std::nullopt;
}

/// The client's own id when it came and is well-formed, also in a header that was not read to its
/// end.
std::string request_id_of(const HeaderParser& parser) {
  const auto sent = view(parser.get()["X-Request-Id"]);
  return is_well_formed_request_id(sent) ? std::string(sent) : make_request_id();
}

/// The size of a chunk in hexadecimal, as it stands before its bytes.
std::string chunk_header(std::size_t size) {
  char digits[16];
  const auto end = std::to_chars(std::begin(digits), std::end(digits), size, 16).ptr;
  return std::string(digits, end) + "\r\n";
}

Request make_request(const HeaderParser& parser, Target target) {
  const auto& header = parser.get();
  Request request{.method = method_of(header.method()), .target = std::move(target)};
  for (const auto& field : header) {
    request.fields.push_back({view(field.name_string()), view(field.value())});
  }
  if (const auto length = parser.content_length()) request.content_length = *length;
  request.has_body = parser.chunked() || request.content_length.value_or(0) > 0;
  request.request_id = request_id_of(parser);
  return request;
}

}  // namespace

base::task<void> Session::run() {
  auto next = Next::Request;
  while (next == Next::Request && !finishing_) {
    if (connection_.buffer().size() == 0) {
      idle_ = true;
      connection_.give_back_memory();
      connection_.deadline().expires_after(options_.idle_timeout);
      if (!co_await connection_.wait_readable()) co_return;
    }
    idle_ = false;
    next = co_await serve_one();
  }
  if (next == Next::Drain) co_await connection_.close_gently();
}

void Session::finish() {
  finishing_ = true;
  if (idle_) connection_.cancel();
}

void Session::abort() {
  finishing_ = true;
  connection_.close();
}

// In a frame of its own, so that an idle connection keeps neither a parser nor a chunk of body.
base::task<Session::Next> Session::serve_one() {
  HeaderParser parser;
  switch (co_await read_header(parser)) {
    case HeaderEnd::Complete:
      co_return co_await answer(parser);
    case HeaderEnd::Refused:
      co_return Next::Drain;
    case HeaderEnd::Gone:
      co_return Next::Close;
  }
  std::unreachable();
}

base::task<Session::HeaderEnd> Session::read_header(HeaderParser& parser) {
  parser.header_limit(options_.max_header_bytes);
  parser.body_limit(boost::none);
  connection_.deadline().expires_after(options_.header_timeout);
  // Beast's own limit holds for one call only; lines that came one by one would pass it.
  std::size_t header_bytes = 0;
  for (;;) {
    beast::error_code error = beast::http::error::need_more;
    if (connection_.buffer().size() > 0) {
      const auto taken = parser.put(connection_.buffer().data(), error);
      connection_.buffer().consume(taken);
      header_bytes += taken;
    }
    const auto unfinished = parser.is_header_done() ? 0 : connection_.buffer().size();
    if (error == beast::http::error::header_limit ||
        header_bytes + unfinished > options_.max_header_bytes) {
      co_await refuse(Refusal::Kind::HeadersTooLarge,
                      "The request line and headers are too large: send fewer or shorter headers.",
                      parser);
      co_return HeaderEnd::Refused;
    }
    if (parser.is_header_done()) {
      connection_.deadline().clear();
      co_return HeaderEnd::Complete;
    }
    if (error && error != beast::http::error::need_more) {
      co_await refuse(Refusal::Kind::BadRequest,
                      "This is not an HTTP/1.1 request: " + error.message() + ".", parser);
      co_return HeaderEnd::Refused;
    }
    const auto read = co_await connection_.fill(kHeaderRead);
    if (!read && read.error() == base::ReadError::TimedOut) {
      co_await refuse(Refusal::Kind::Timeout,
                      "The request headers did not arrive in time: try again.", parser);
      co_return HeaderEnd::Refused;
    }
    if (!read || read->empty()) co_return HeaderEnd::Gone;
  }
}

base::task<void> Session::refuse(Refusal::Kind kind, std::string message,
                                 const HeaderParser& parser) {
  const Refusal refusal{
      .kind = kind,
      .message = std::move(message),
      .request_id = request_id_of(parser),
      .limit = kind == Refusal::Kind::HeadersTooLarge ? options_.max_header_bytes : 0};
  const auto started = std::chrono::steady_clock::now();
  const Response response = application_.refuse(refusal);
  const bool complete =
      co_await send_response(response, Framing::Length, /*head=*/false, /*keep_alive=*/false);
  application_.completed({.method = "-",
                          .path = "-",
                          .request_id = refusal.request_id,
                          .status = response.status,
                          .body_bytes_sent = std::exchange(body_bytes_sent_, 0),
                          .took = std::chrono::duration_cast<std::chrono::microseconds>(
                              std::chrono::steady_clock::now() - started),
                          .complete = complete});
}

base::task<Session::Next> Session::answer(HeaderParser& parser) {
  auto problem = misunderstood(parser);
  auto target = parse_target(view(parser.get().target()));
  if (!problem && !target)
    problem = "The request target is not a valid path: check its percent-encoding.";
  if (problem) {
    co_await refuse(Refusal::Kind::BadRequest, std::move(*problem), parser);
    co_return Next::Drain;
  }

  const auto started = std::chrono::steady_clock::now();
  RequestBody body(connection_, parser, options_);
  Request request = make_request(parser, std::move(*target));
  request.body = &body;
  request.remote_address = connection_.remote_address();
  const Response response = co_await application_.handle(request);
  body.settle();

  const auto framing = framing_of(response, parser.get().version());
  const bool keep_alive =
      parser.keep_alive() && body.finished() && !finishing_ && framing != Framing::Close;
  const bool sent =
      co_await send_response(response, framing, request.method == Method::Head, keep_alive);
  if (response.on_sent) response.on_sent(body_bytes_sent_);
  application_.completed({.method = view(parser.get().method_string()),
                          .path = request.target.path,
                          .request_id = request.request_id,
                          .status = response.status,
                          .body_bytes_read = body.bytes_read(),
                          .body_bytes_sent = std::exchange(body_bytes_sent_, 0),
                          .took = std::chrono::duration_cast<std::chrono::microseconds>(
                              std::chrono::steady_clock::now() - started),
                          .complete = sent,
                          .request = &request});
  if (!sent) co_return Next::Close;
  co_return keep_alive ? Next::Request : Next::Drain;
}

base::task<bool> Session::send_response(const Response& response, Framing framing, bool head,
                                        bool keep_alive) {
  const bool bodiless = head || response.content_length() == 0U;
  std::string message = format_header(response, framing, keep_alive);
  if (const auto* text = std::get_if<std::string>(&response.body)) {
    if (!bodiless) message += *text;
    const bool sent = co_await connection_.send(message, Flush::Now);
    if (sent && !bodiless) body_bytes_sent_ = text->size();
    co_return sent;
  }
  if (!co_await connection_.send(message, bodiless ? Flush::Now : Flush::More)) co_return false;
  // An `if` of its own: GCC 12 awaits what stands behind a `||` in a co_return in any case.
  if (bodiless) co_return true;
  co_return co_await send_stream(std::get<StreamedBody>(response.body), framing);
}

base::task<bool> Session::send_stream(const StreamedBody& body, Framing framing) {
  if (const auto* region = std::get_if<base::FileRegion>(&body.source)) {
    co_return co_await connection_.send_file(*region, body_bytes_sent_);
  }
  auto& source = *std::get<std::unique_ptr<base::ByteSource>>(body.source);
  while (!body.length || body_bytes_sent_ < *body.length) {
    const auto chunk = co_await source.read();
    if (!chunk) co_return false;
    if (chunk->empty() && !body.length) break;
    // A body that is not what its length promised is cut off, so that nobody takes it for whole.
    if (chunk->empty() || (body.length && chunk->size() > *body.length - body_bytes_sent_)) {
      co_return false;
    }
    if (!co_await send_portion(*chunk, framing)) co_return false;
    body_bytes_sent_ += chunk->size();
  }
  if (framing != Framing::Chunked) co_return true;
  co_return co_await connection_.send("0\r\n\r\n", Flush::Now);
}

base::task<bool> Session::send_portion(base::ByteView bytes, Framing framing) {
  if (framing != Framing::Chunked) {
    co_return co_await connection_.send(base::as_text(bytes), Flush::Now);
  }
  const std::string size = chunk_header(bytes.size());
  if (!co_await connection_.send(size, Flush::More)) co_return false;
  if (!co_await connection_.send(base::as_text(bytes), Flush::More)) co_return false;
  co_return co_await connection_.send("\r\n", Flush::Now);
}

}  // namespace pixelvault::http
