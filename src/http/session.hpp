// One connection from accept to close: read a header, let the application answer, send, and again.
// Lives on its worker's thread.
#pragma once

#include <array>
#include <boost/beast/core/error.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/task.hpp"
#include "http/admission.hpp"
#include "http/application.hpp"
#include "http/connection.hpp"
#include "http/header_parser.hpp"
#include "http/request_body.hpp"
#include "http/request_context.hpp"
#include "http/response_sender.hpp"

namespace pixelvault::http {

class Session {
 public:
  /// What the sessions of a worker share.
  struct Surroundings {
    const Options& options;
    Application& application;
    Admission& admission;
    FileReads& files;
    Reactor& reactor;
    base::DeadlineKeeper& keeper;
    RequestContextPool& contexts;
  };

  Session(base::UniqueFd socket, std::string remote_address, const Surroundings& around);

  base::task<void> run();
  /// Instead of `run`: tells at once that there are too many connections, and ends.
  base::task<void> turn_away();

  /// No further request after the one that runs; an idle connection ends at once.
  void finish();
  /// Ends the connection where it stands.
  void abort();

 private:
  enum class Next { Request, Close, Drain };
  enum class HeaderEnd { Complete, Incomplete, TooLarge, Malformed, TimedOut, Gone };

  base::task<Next> serve_one();
  /// The application's answer, if it has room for one request more.
  base::task<Response> take_turn();
  /// Understands what was read.
  HeaderEnd parse_header(HeaderParser& parser);
  base::task<HeaderEnd> await_header(HeaderParser& parser);
  /// Why there is no request after all; nothing when there is one, which is then made.
  std::optional<Refusal> make_request(HeaderEnd end, HeaderParser& parser);
  Refusal unfinished(HeaderEnd end);
  Refusal refusal(Refusal::Kind kind, std::string message);
  Exchange exchange_of(const HeaderParser& parser, const RequestBody& body,
                       const Response& response, const ResponseSender& sender, bool complete) const;
  ResponseSender::Form form_of(const Response& response, const HeaderParser& parser,
                               const RequestBody& body) const;
  base::task<void> refuse(Refusal refusal);
  void end_context();

  const Surroundings& around_;
  const Options& options_;
  const std::string remote_address_;
  Connection connection_;
  // Where a request begins to arrive: most fit, and an idle connection holds no more than this.
  std::array<std::byte, 1024> first_bytes_;
  std::unique_ptr<RequestContext> context_;  // while there is a request, or bytes of one
  boost::beast::error_code syntax_error_;    // with Malformed
  std::size_t header_bytes_ = 0;             // that were understood
  bool idle_ = true;                         // waiting for the first byte of a request
  bool finishing_ = false;
};

}  // namespace pixelvault::http
