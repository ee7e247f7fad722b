// The head of a response as it goes over the wire. Any thread may call.
#pragma once

#include <string>
#include <string_view>

#include "http/message.hpp"

namespace pixelvault::http {

/// The standard phrase of a status, e.g. `Not Found`.
std::string_view reason_phrase(unsigned status);

/// How the end of a body is told.
enum class Framing { Length, Chunked, Close };

/// By its length when that is known, else in chunks; HTTP/1.0 has no chunks (RFC 9112 §6.1).
Framing framing_of(const Response& response, unsigned http_version);

/// What the edge says of a response besides the response itself.
struct Envelope {
  Framing framing = Framing::Length;
  bool keep_alive = false;
  std::string_view request_id;
};

/// Appends status line and fields up to and with the empty line, with Date, X-Request-Id,
/// Connection and the field of the framing added.
void append_header(std::string& out, const Response& response, const Envelope& envelope);

}  // namespace pixelvault::http
