#include "http/session.hpp"

#include <boost/beast/http/error.hpp>
#include <exception>
#include <utility>

#include "base/log.hpp"
#include "http/request_id.hpp"

namespace pixelvault::http {

namespace http_error = boost::beast::http;
using std::chrono::steady_clock;

namespace {

/// One exchange that is being served, for the report when it is over.
class Report {
 public:
  void tell(Application& application, Exchange exchange) const {
    exchange.took =
        std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - started_);
    application.completed(exchange);
  }

 private:
  steady_clock::time_point started_ = steady_clock::now();
};

}  // namespace

Session::Session(base::UniqueFd socket, std::string remote_address, const Surroundings& around)
    : around_(around),
      options_(around.options),
      remote_address_(std::move(remote_address)),
      connection_(std::move(socket), around.reactor, around.keeper, around.options) {}

base::task<void> Session::run() {
  auto next = Next::Request;
  while (next == Next::Request && !finishing_) {
    if (!context_) {
      idle_ = true;
      connection_.deadline().expires_after(options_.idle_timeout);
      const auto first = co_await connection_.receive(first_bytes_);
      if (!first || first->empty()) co_return;
      context_ = around_.contexts.take();
      context_->buffer.append(*first);
    }
    idle_ = false;
    next = co_await serve_one();
    if (context_->buffer.empty()) end_context();
  }
  if (next != Next::Drain) co_return;
  const auto drained = context_ ? context_->buffer.unread().size() : 0;
  end_context();
  co_await connection_.close_gently(options_.drain_timeout, drained);
}

base::task<void> Session::turn_away() {
  context_ = around_.contexts.take();
  context_->begin_request();
  assign_request_id(context_->request.request_id);
  co_await refuse(refusal(Refusal::Kind::Overloaded,
                          "There are too many connections at the moment: try again soon."));
  end_context();
  if (!finishing_) co_await connection_.close_gently(options_.refusal_linger, 0);
}

void Session::finish() {
  finishing_ = true;
  if (idle_) connection_.cancel();
}

void Session::abort() {
  finishing_ = true;
  connection_.close();
}

void Session::end_context() {
  if (context_) around_.contexts.put(std::move(context_));
}

// In a frame of its own, so that an idle connection keeps neither a parser nor a chunk of body.
base::task<Session::Next> Session::serve_one() {
  context_->begin_request();
  header_bytes_ = 0;
  HeaderParser parser(context_->request.fields, options_.max_header_bytes);
  auto end = parse_header(parser);
  if (end == HeaderEnd::Incomplete) end = co_await await_header(parser);
  if (end == HeaderEnd::Gone) co_return Next::Close;
  connection_.deadline().clear();
  auto problem = make_request(end, parser);
  if (problem) {
    co_await refuse(*std::move(problem));
    co_return Next::Drain;
  }

  const Report report;
  RequestBody body(connection_, context_->buffer, parser, options_);
  context_->request.body = &body;
  auto answer = around_.application.answer_now(context_->request);
  if (!answer) answer = co_await take_turn();
  Response& response = *answer;
  body.settle();

  const auto form = form_of(response, parser, body);
  ResponseSender sender(connection_, around_.files, context_->out, response, form);
  bool sent = sender.begin() == ResponseSender::Progress::Done;
  try {
    if (sender.is_waiting()) sent = co_await sender.finish();
  } catch (const std::exception& error) {
    // A source that fails after the head went out: all that is left is to cut the body.
    spdlog::error("{} was cut: {}", context_->request.request_id, error.what());
  }
  if (response.on_sent) response.on_sent(sender.body_bytes_sent());
  report.tell(around_.application, exchange_of(parser, body, response, sender, sent));
  context_->request.notes = {};  // the request is over, though its memory is kept
  if (!sent) co_return Next::Close;
  co_return form.envelope.keep_alive ? Next::Request : Next::Drain;
}

base::task<Response> Session::take_turn() {
  const Admission::Turn turn(around_.admission);
  if (turn.granted()) co_return co_await around_.application.handle(context_->request);
  co_return around_.application.refuse(
      refusal(Refusal::Kind::Overloaded,
              "There are too many requests at the moment: try again in a few seconds."));
}

Exchange Session::exchange_of(const HeaderParser& parser, const RequestBody& body,
                              const Response& response, const ResponseSender& sender,
                              bool complete) const {
  return {.method = parser.method_text(),
          .path = context_->request.target.path,
          .request_id = context_->request.request_id,
          .status = response.status,
          .body_bytes_read = body.bytes_read(),
          .body_bytes_sent = sender.body_bytes_sent(),
          .complete = complete,
          .request = &context_->request};
}

ResponseSender::Form Session::form_of(const Response& response, const HeaderParser& parser,
                                      const RequestBody& body) const {
  const auto framing = framing_of(response, parser.http_version());
  const bool keep_alive =
      parser.keep_alive() && body.finished() && !finishing_ && framing != Framing::Close;
  return {.envelope = {.framing = framing,
                       .keep_alive = keep_alive,
                       .request_id = context_->request.request_id},
          .head_only = parser.method() == Method::Head};
}

Session::HeaderEnd Session::parse_header(HeaderParser& parser) {
  auto& buffer = context_->buffer;
  syntax_error_ = http_error::error::need_more;
  if (!buffer.empty()) {
    const auto understood = parser.parse(buffer.unread(), syntax_error_);
    buffer.keep(understood);
    header_bytes_ += understood;
  }
  // Beast's own limit holds for one call only; lines that came one by one would pass it.
  const auto unfinished = parser.is_header_done() ? 0 : buffer.unread().size();
  if (syntax_error_ == http_error::error::header_limit ||
      header_bytes_ + unfinished > options_.max_header_bytes) {
    return HeaderEnd::TooLarge;
  }
  if (parser.is_header_done()) return HeaderEnd::Complete;
  const bool fine = !syntax_error_ || syntax_error_ == http_error::error::need_more;
  return fine ? HeaderEnd::Incomplete : HeaderEnd::Malformed;
}

base::task<Session::HeaderEnd> Session::await_header(HeaderParser& parser) {
  connection_.deadline().expires_after(options_.header_timeout);
  auto end = HeaderEnd::Incomplete;
  while (end == HeaderEnd::Incomplete) {
    const auto more = co_await connection_.receive(context_->buffer.space());
    if (!more || more->empty()) {
      co_return connection_.deadline().expired() ? HeaderEnd::TimedOut : HeaderEnd::Gone;
    }
    context_->buffer.commit(more->size());
    end = parse_header(parser);
  }
  co_return end;
}

std::optional<Refusal> Session::make_request(HeaderEnd end, HeaderParser& parser) {
  Request& request = context_->request;
  if (is_well_formed_request_id(parser.request_id())) {
    request.request_id = parser.request_id();
  } else {
    assign_request_id(request.request_id);
  }
  if (end != HeaderEnd::Complete) return unfinished(end);
  if (const auto* why = parser.misunderstood()) return refusal(Refusal::Kind::BadRequest, why);
  if (!read_target(parser.target(), request.target)) {
    return refusal(Refusal::Kind::BadRequest,
                   "The request target is not a valid path: check its percent-encoding.");
  }
  request.method = parser.method();
  if (const auto length = parser.content_length()) request.content_length = *length;
  request.has_body = parser.chunked() || request.content_length.value_or(0) > 0;
  request.remote_address = remote_address_;
  return std::nullopt;
}

Refusal Session::unfinished(HeaderEnd end) {
  if (end == HeaderEnd::TooLarge) {
    return refusal(Refusal::Kind::HeadersTooLarge,
                   "The request line and headers are too large: send fewer or shorter headers.");
  }
  if (end == HeaderEnd::TimedOut) {
    return refusal(Refusal::Kind::Timeout,
                   "The request headers did not arrive in time: try again.");
  }
  return refusal(Refusal::Kind::BadRequest,
                 "This is not an HTTP/1.1 request: " + syntax_error_.message() + ".");
}

Refusal Session::refusal(Refusal::Kind kind, std::string message) {
  return {.kind = kind,
          .message = std::move(message),
          .request_id = context_->request.request_id,
          .limit = kind == Refusal::Kind::HeadersTooLarge ? options_.max_header_bytes : 0};
}

base::task<void> Session::refuse(Refusal refusal) {
  const Report report;
  const Response response = around_.application.refuse(refusal);
  ResponseSender sender(connection_, around_.files, context_->out, response,
                        {.envelope = {.request_id = refusal.request_id}});
  bool sent = sender.begin() == ResponseSender::Progress::Done;
  if (sender.is_waiting()) sent = co_await sender.finish();
  report.tell(around_.application, {.method = "-",
                                    .path = "-",
                                    .request_id = refusal.request_id,
                                    .status = response.status,
                                    .body_bytes_sent = sender.body_bytes_sent(),
                                    .complete = sent});
}

}  // namespace pixelvault::http
