// The trace that a request belongs to, as other systems tell it: the header `traceparent` of W3C
// Trace Context, level 1. We take part in no trace; we write its id down and pass it on. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pixelvault::domain {

struct TraceContext {
  std::string trace_id;   ///< 32 lower-case hexadecimal digits
  std::string parent_id;  ///< 16 of them: what called us
  bool sampled = false;

  friend bool operator==(const TraceContext&, const TraceContext&) = default;
};

/// Nothing when the value breaks the rules in any way (§3.2.2): then there is no trace. A version
/// that is newer than ours may say more behind what we know (§4.3).
std::optional<TraceContext> parse_traceparent(std::string_view value);

/// As version 00, the one we know.
std::string format_traceparent(const TraceContext& trace);

}  // namespace pixelvault::domain
