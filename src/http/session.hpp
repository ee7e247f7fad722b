// One connection from accept to close: read a header, let the application answer, send, and again.
// Lives on its worker's thread.
#pragma once

#include <cstdint>

#include "base/task.hpp"
#include "http/application.hpp"
#include "http/connection.hpp"
#include "http/request_body.hpp"
#include "http/response_header.hpp"

namespace pixelvault::http {

class Session {
 public:
  Session(Socket socket, base::DeadlineKeeper& keeper, const Options& options,
          Application& application)
      : options_(options),
        application_(application),
        connection_(std::move(socket), keeper, options) {}

  base::task<void> run();

  /// No further request after the one that runs; an idle connection ends at once.
  void finish();
  /// Ends the connection where it stands.
  void abort();

 private:
  enum class Next { Request, Close, Drain };
  enum class HeaderEnd { Complete, Refused, Gone };

  base::task<Next> serve_one();
  base::task<HeaderEnd> read_header(HeaderParser& parser);
  base::task<void> refuse(Refusal::Kind kind, std::string message, const HeaderParser& parser);
  base::task<Next> answer(HeaderParser& parser);
  base::task<bool> send_response(const Response& response, Framing framing, bool head,
                                 bool keep_alive);
  base::task<bool> send_stream(const StreamedBody& body, Framing framing);
  /// A portion of a body, in a chunk where the framing wants one.
  base::task<bool> send_portion(base::ByteView bytes, Framing framing);

  const Options& options_;
  Application& application_;
  Connection connection_;
  std::uint64_t body_bytes_sent_ = 0;  // of the response that is being sent
  bool idle_ = true;                   // waiting for the first byte of a request
  bool finishing_ = false;
};

}  // namespace pixelvault::http
