// Feeds a multipart body to the parser in pieces and gathers what comes out, so that two ways of
// cutting the same body can be compared. Used by the unit tests, and by the fuzz target, whose
// property stands here because a test replays the corpus against it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/multipart.hpp"

namespace pixelvault::fuzz {

using http::MultipartParser;

struct Part {
  std::string name;
  std::optional<std::string> filename = {};
  std::string content_type = {};
  std::string data = {};
  bool complete = true;
  bool operator==(const Part&) const = default;
};

struct Outcome {
  std::vector<Part> parts = {};
  bool ended = false;
  std::string malformed = {};  ///< the message; empty when the body was well-formed
  bool operator==(const Outcome&) const = default;
};

/// So that a failed expectation shows what came out.
inline std::ostream& operator<<(std::ostream& out, const Outcome& outcome) {
  for (const auto& part : outcome.parts) {
    out << part.name << " (" << part.filename.value_or("no filename") << ", " << part.content_type
        << "): \"" << part.data << (part.complete ? "\"\n" : "\" incomplete\n");
  }
  return out << (outcome.ended ? "ended" : outcome.malformed);
}

/// How many of `left` bytes come next: at least one, at most all.
using Cut = std::function<std::size_t(std::size_t left)>;

inline Cut whole() {
  return [](std::size_t left) { return left; };
}
inline Cut pieces_of(std::size_t size) {
  return [size](std::size_t left) { return std::min(size, left); };
}
/// One piece of `size` bytes, then the rest.
inline Cut once_after(std::size_t size) {
  return [size, first = true](std::size_t left) mutable {
    return std::exchange(first, false) && size > 0 ? std::min(size, left) : left;
  };
}
inline Cut at_random(std::uint32_t seed, std::size_t largest) {
  return [engine = std::minstd_rand(seed), largest](std::size_t left) mutable {
    return std::min<std::size_t>(left, 1 + engine() % largest);
  };
}

/// Adds an event to the outcome; false when no other event can follow.
inline bool gather(const MultipartParser::Event& event, Outcome& outcome) {
  if (const auto* begin = std::get_if<MultipartParser::PartBegin>(&event)) {
    outcome.parts.push_back({.name = begin->name,
                             .filename = begin->filename,
                             .content_type = begin->content_type,
                             .complete = false});
  } else if (const auto* data = std::get_if<MultipartParser::PartData>(&event)) {
    outcome.parts.back().data += base::as_text(data->bytes);
    if (data->bytes.empty()) outcome.malformed = "a PartData without bytes";
  } else if (std::holds_alternative<MultipartParser::PartEnd>(event)) {
    outcome.parts.back().complete = true;
  } else if (const auto* malformed = std::get_if<MultipartParser::Malformed>(&event)) {
    outcome.malformed = malformed->message;
  } else {
    outcome.ended = true;
  }
  return !outcome.ended && outcome.malformed.empty();
}

/// Every piece lies in memory of its own, which is freed when the parser asks for the next one: a
/// sanitizer sees whoever reads past it or keeps it too long.
inline Outcome parse(std::string_view body, const std::string& boundary, const Cut& cut,
                     MultipartParser::Limits limits = {}) {
  MultipartParser parser(boundary, limits);
  Outcome outcome;
  std::unique_ptr<char[]> piece;
  for (;;) {
    const auto event = parser.next();
    if (!std::holds_alternative<MultipartParser::NeedInput>(event)) {
      if (!gather(event, outcome)) return outcome;
      continue;
    }
    if (body.empty()) {
      parser.end_input();
      continue;
    }
    const auto size = cut(body.size());
    piece = std::make_unique<char[]>(size);
    body.copy(piece.get(), size);
    body.remove_prefix(size);
    parser.feed(base::as_bytes(std::string_view(piece.get(), size)));
  }
}

/// A body as a browser writes it: the names must need no escapes.
inline std::string encode(const std::vector<Part>& parts, std::string_view boundary) {
  std::string body;
  for (const auto& part : parts) {
    body.append("--").append(boundary).append("\r\nContent-Disposition: form-data; name=\"");
    body.append(part.name).append("\"");
    if (part.filename) body.append("; filename=\"").append(*part.filename).append("\"");
    if (!part.content_type.empty()) body.append("\r\nContent-Type: ").append(part.content_type);
    body.append("\r\n\r\n").append(part.data).append("\r\n");
  }
  return body.append("--").append(boundary).append("--\r\n");
}

/// The property: how a body is cut changes nothing, and data between two boundaries comes back as
/// it was. The first two bytes choose boundary and cuts. Returns what is wrong, or nothing.
inline std::string check_multipart(std::string_view input) {
  if (input.size() < 2) return {};
  const std::string boundary(input[0] % 2 == 0 ? "b" : "--b=1");
  const auto seed = static_cast<std::uint32_t>(static_cast<unsigned char>(input[1]));
  const auto body = input.substr(2);
  const MultipartParser::Limits limits{.header_bytes = 200, .parts = 4};

  const auto expected = parse(body, boundary, whole(), limits);
  for (const auto& cut : {pieces_of(1), pieces_of(1 + seed % 16), at_random(seed, 24)}) {
    if (parse(body, boundary, cut, limits) != expected) return "a cut changed the events";
  }

  const std::vector<Part> parts = {{.name = "a", .data = std::string(body)}, {.name = "z"}};
  if (("\r\n" + parts[0].data + "\r\n").contains("\r\n--" + boundary)) return {};
  const auto framed = parse(encode(parts, boundary), boundary, at_random(seed, 24), limits);
  return framed == Outcome{.parts = parts, .ended = true} ? "" : "the data did not come back";
}

}  // namespace pixelvault::fuzz
