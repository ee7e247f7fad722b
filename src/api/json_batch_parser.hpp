// A JSON batch as a push parser: text in, events out, no I/O. Memory is bounded by what was fed
// since the last event was taken, whatever the size of the files. One a request.
//
//   for (;;) {
//     if (auto event = parser.next()) { use it; continue; }
//     if (parser.error()) break;
//     read more: parser.feed(text), or parser.finish() at the end
//   }
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "api/json_batch_events.hpp"
#include "domain/error.hpp"

namespace pixelvault::api {

class JsonBatchParser {
 public:
  JsonBatchParser();
  JsonBatchParser(const JsonBatchParser&) = delete;
  JsonBatchParser& operator=(const JsonBatchParser&) = delete;
  ~JsonBatchParser();

  void feed(std::string_view text);
  /// No more text comes.
  void finish();
  /// The next event; nothing when more text is needed.
  std::optional<BatchEvent> next();
  /// What is wrong with the whole request: InvalidJson or InvalidRequest. Final.
  const std::optional<domain::Error>& error() const { return error_; }

 private:
  struct Machine;

  void parse(std::string_view text, bool more);

  std::unique_ptr<Machine> machine_;
  std::optional<domain::Error> error_;
};

}  // namespace pixelvault::api
