// The property that the parser of JSON batches keeps for every input: events are in a sound order,
// how the input is cut changes nothing, and what it calls valid is valid. Used by the fuzz target
// and by the test that replays its corpus. Pure.
#pragma once

#include <algorithm>
#include <boost/json/parse.hpp>
#include <cstddef>
#include <string>
#include <string_view>

#include "api/json_batch_parser.hpp"

namespace pixelvault::fuzz {

/// What one way of feeding gave, as text.
struct BatchTranscript {
  std::string events;
  bool failed = false;
  std::string problem;  ///< an order that must not be; empty when all is well
};

class BatchTranscriber {
 public:
  void take(const api::BatchEvent& event) {
    if (const auto* part = std::get_if<services::BatchForm::Part>(&event)) return take_part(*part);
    if (!in_data_) return fail("bytes outside of data");
    if (const auto* piece = std::get_if<api::BatchBytes>(&event)) {
      if (piece->bytes.empty()) fail("an empty piece of data");
      transcript_.events += piece->bytes;
      return;
    }
    in_data_ = false;
    transcript_.events += "|";
  }

  BatchTranscript finish(bool failed) {
    if (!failed && in_data_) fail("data without an end");
    transcript_.failed = failed;
    return std::move(transcript_);
  }

 private:
  using Form = services::BatchForm;

  void take_part(const Form::Part& part) {
    if (in_data_) fail("a part inside of data");
    if (std::holds_alternative<Form::Begin>(part)) {
      in_image_ = true;
      transcript_.events += "\nimage";
    } else if (const auto* shared = std::get_if<Form::Shared>(&part)) {
      add("shared", shared->name, shared->value);
    } else if (!in_image_) {
      fail("an image's part before the first image");
    } else if (const auto* own = std::get_if<Form::Own>(&part)) {
      add("own", own->name, own->value);
    } else if (std::holds_alternative<Form::Data>(part)) {
      in_data_ = true;
      transcript_.events += "\ndata ";
    } else {
      transcript_.events += "\nflaw";
    }
  }

  void add(const char* kind, const std::string& name, const std::string& value) {
    if (name.size() + value.size() > 20'000) fail("a text that is too long");
    transcript_.events += "\n" + std::string(kind) + " " + name + "=" + value;
  }

  void fail(const char* problem) {
    if (transcript_.problem.empty()) transcript_.problem = problem;
  }

  BatchTranscript transcript_;
  bool in_image_ = false;
  bool in_data_ = false;
};

inline BatchTranscript feed_batch(std::string_view input, std::size_t piece) {
  api::JsonBatchParser parser;
  BatchTranscriber transcriber;
  const auto drain = [&] {
    while (const auto event = parser.next()) transcriber.take(*event);
  };
  for (; !input.empty() && !parser.error(); input = input.substr(std::min(piece, input.size()))) {
    parser.feed(input.substr(0, piece));
    drain();
  }
  parser.finish();
  drain();
  return transcriber.finish(parser.error().has_value());
}

/// Empty when the property holds, else what is wrong.
inline std::string check_json_batch(std::string_view input) {
  const auto whole = feed_batch(input, input.size() + 1);
  if (!whole.problem.empty()) return whole.problem;
  for (const std::size_t piece : {1UL, 3UL, 64UL}) {
    const auto cut = feed_batch(input, piece);
    if (!cut.problem.empty()) return cut.problem;
    if (cut.failed != whole.failed) return "a cut changes whether it is valid";
    if (!whole.failed && cut.events != whole.events) return "a cut changes the events";
  }
  boost::json::error_code syntax;
  const auto value = boost::json::parse({input.data(), input.size()}, syntax);
  if (!whole.failed && (syntax || !value.is_object())) return "what is no JSON object was taken";
  return {};
}

}  // namespace pixelvault::fuzz
