// The property of everything that reads the value of a header: ranges, conditions, dates, tags and
// dispositions. Used by the fuzz target, and by the test that replays its corpus.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "http/conditional.hpp"
#include "http/content_disposition.hpp"
#include "http/etag.hpp"
#include "http/field.hpp"
#include "http/http_date.hpp"
#include "http/multipart.hpp"
#include "http/range.hpp"

namespace pixelvault::fuzz {

/// A range lies within what it is a range of.
inline std::string check_range(std::string_view header) {
  constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();
  for (const std::uint64_t size : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{10}, kMost}) {
    const auto resolved = http::resolve_range(header, size);
    const auto* range = std::get_if<http::ByteRange>(&resolved);
    if (range == nullptr) continue;
    if (range->length == 0 || range->offset >= size) return "an empty range";
    if (range->length > size - range->offset) return "a range past the end";
  }
  return {};
}

/// A date that was read is written and read again as the same.
inline std::string check_date(std::string_view text) {
  const auto date = http::parse_http_date(text);
  if (!date) return {};
  return http::parse_http_date(http::format_http_date(*date)) == date ? "" : "another date";
}

/// What a tag equals strongly it equals weakly; a tag is a member of its own list.
inline std::string check_tags(std::string_view text) {
  constexpr std::string_view kEtag = R"("abc")";
  if (http::list_matches(text, kEtag, http::strongly_equal) &&
      !http::list_matches(text, kEtag, http::weakly_equal)) {
    return "strongly equal, but not weakly";
  }
  if (!http::parse_etag(text)) return {};
  const auto list = R"("x",, )" + std::string(text) + " ,";
  return http::list_matches(list, text, http::weakly_equal) ? "" : "no member of its own list";
}

/// No name gets out of its header, and the written form is read as the same name.
inline std::string check_disposition(std::string_view text) {
  const auto header = http::inline_disposition(text);
  for (const char c : header) {
    if (c < 0x20 || c == 0x7F) return "a foreign character in a header";
  }
  if (text.empty()) return {};
  const auto read = http::parse_form_disposition("form-data; name=x" + header.substr(6));
  const auto name = read ? read->filename : std::nullopt;
  if (!name) return "a disposition that cannot be read";
  return http::inline_disposition(*name) == header ? "" : "another filename";
}

/// The conditions are the input's lines, in the order of the struct; an empty one is absent.
inline std::string check_conditions(std::string_view text) {
  std::array<std::optional<std::string_view>, 5> lines;
  for (auto& line : lines) {
    const auto end = std::min(text.find('\n'), text.size());
    if (end > 0) line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  const http::Conditions conditions{.if_match = lines[0],
                                    .if_none_match = lines[1],
                                    .if_modified_since = lines[2],
                                    .if_unmodified_since = lines[3],
                                    .if_range = lines[4]};
  const http::Validators validators{.etag = R"("abc")", .last_modified = {}};
  const bool applies = http::range_applies(conditions, validators);
  if (!lines[4] && !applies) return "a range without If-Range was refused";
  const bool proceeds = http::evaluate(conditions, validators) == http::Precondition::Proceed;
  const bool conditional = lines[0] || lines[1] || lines[2] || lines[3];
  return proceeds || conditional ? "" : "a request without conditions did not proceed";
}

/// A boundary that was accepted can be searched for.
inline std::string check_content_type(std::string_view text) {
  const auto boundary = http::multipart_boundary(text);
  if (!boundary) return {};
  const bool sound = !boundary->empty() && boundary->size() <= 70 && !boundary->contains('\r');
  return sound ? "" : "an unsound boundary";
}

inline std::string check_header_value(std::string_view input) {
  for (auto* check : {check_range, check_date, check_tags, check_disposition, check_conditions,
                      check_content_type}) {
    if (auto problem = check(input); !problem.empty()) return problem;
  }
  return {};
}

}  // namespace pixelvault::fuzz
