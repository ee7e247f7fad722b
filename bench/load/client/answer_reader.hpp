// Reads one HTTP/1.1 answer as it comes in portions (RFC 9112): its status, and where it ends.
// Bodies have a Content-Length, are chunked, or are absent. Pure; one object an answer, one thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace pixelvault::bench {

class AnswerReader {
 public:
  /// Takes what came. False when this is no answer that the reader knows.
  bool take(std::string_view bytes);

  /// Whether the whole answer has come.
  bool complete() const;
  int status() const { return status_; }
  /// Whether the server closes the connection behind this answer.
  bool closes() const { return closes_; }
  /// Header and body as far as they have come.
  const std::string& text() const { return text_; }

 private:
  bool read_header();

  std::string text_;
  std::optional<std::size_t> body_begin_;
  std::size_t length_ = 0;
  int status_ = 0;
  bool chunked_ = false;
  bool closes_ = false;
};

}  // namespace pixelvault::bench
