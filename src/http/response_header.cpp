#include "http/response_header.hpp"

#include <boost/beast/http/status.hpp>
#include <charconv>
#include <chrono>

#include "http/http_date.hpp"

namespace pixelvault::http {
namespace {

/// The current second as a Date header, formatted once a second and thread.
const std::string& date_now() {
  thread_local std::chrono::sys_seconds second{};
  thread_local std::string text;
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  if (now != second || text.empty()) {
    second = now;
    text = format_http_date(now);
  }
  return text;
}

void append(std::string& out, std::uint64_t number) {
  char digits[20];
  const auto end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
  out.append(digits, end);
}

}  // namespace

std::string_view reason_phrase(unsigned status) {
  const auto phrase =
      boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(status));
  return {phrase.data(), phrase.size()};
}

Framing framing_of(const Response& response, unsigned http_version) {
  if (response.content_length()) return Framing::Length;
  return http_version == 10 ? Framing::Close : Framing::Chunked;
}

void append_header(std::string& out, const Response& response, const Envelope& envelope) {
  out += "HTTP/1.1 ";
  append(out, response.status);
  out.append(" ").append(reason_phrase(response.status)).append("\r\nDate: ").append(date_now());
  out += "\r\n";
  if (response.shared_fields) out += *response.shared_fields;
  for (const auto& [name, value] : response.fields) {
    out.append(name).append(": ").append(value).append("\r\n");
  }
  out.append("X-Request-Id: ").append(envelope.request_id).append("\r\n");
  if (envelope.framing == Framing::Chunked) {
    out += "Transfer-Encoding: chunked\r\n";
  } else if (envelope.framing == Framing::Length && response.status != 304) {
    // A 304 has no body, and a length in it would speak of another one (RFC 9110 §8.6).
    out += "Content-Length: ";
    append(out, response.content_length().value_or(0));
    out += "\r\n";
  }
  out += envelope.keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
}

}  // namespace pixelvault::http
