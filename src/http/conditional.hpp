// Conditional requests of RFC 9110 §13, pure: which of 200, 304 and 412 a GET or HEAD gets, and
// whether its Range counts.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace pixelvault::http {

/// What the server knows of the representation. `etag` includes its quotes and is strong.
struct Validators {
  std::string_view etag;
  std::chrono::sys_seconds last_modified;
};

/// The values of the request's conditional headers, where present. Several lines of one name are
/// joined with ", " before (RFC 9110 §5.3).
struct Conditions {
  std::optional<std::string_view> if_match = {};
  std::optional<std::string_view> if_none_match = {};
  std::optional<std::string_view> if_modified_since = {};
  std::optional<std::string_view> if_unmodified_since = {};
  std::optional<std::string_view> if_range = {};
};

enum class Precondition { Proceed, NotModified, Failed };

/// For GET and HEAD, in the order of RFC 9110 §13.2.2. Dates that cannot be read are ignored.
Precondition evaluate(const Conditions& conditions, const Validators& validators);

/// Whether a Range header is to be honoured (RFC 9110 §13.1.5): no If-Range, or one that matches
/// strongly.
bool range_applies(const Conditions& conditions, const Validators& validators);

}  // namespace pixelvault::http
