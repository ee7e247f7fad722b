#include "domain/trace_context.hpp"

#include <algorithm>

namespace pixelvault::domain {

namespace {

// version "-" trace-id "-" parent-id "-" trace-flags
constexpr std::size_t kTraceId = 3;
constexpr std::size_t kParentId = 36;
constexpr std::size_t kFlags = 53;
constexpr std::size_t kSize = 55;

constexpr int kSampled = 1;

/// Capitals are not allowed.
bool is_hex_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

bool is_hex(std::string_view text) { return std::ranges::all_of(text, is_hex_digit); }

bool is_zero(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c == '0'; });
}

bool is_id(std::string_view text) { return is_hex(text) && !is_zero(text); }

int value_of(char digit) { return digit <= '9' ? digit - '0' : digit - 'a' + 10; }

bool has_dashes(std::string_view value) {
  return value[kTraceId - 1] == '-' && value[kParentId - 1] == '-' && value[kFlags - 1] == '-';
}

/// Only a version after ours may be longer, and then behind a dash.
bool has_good_end(std::string_view value, std::string_view version) {
  return value.size() == kSize || (version != "00" && value[kSize] == '-');
}

}  // namespace

std::optional<TraceContext> parse_traceparent(std::string_view value) {
  if (value.size() < kSize || !has_dashes(value)) return std::nullopt;
  const auto version = value.substr(0, kTraceId - 1);
  if (!is_hex(version) || version == "ff" || !has_good_end(value, version)) return std::nullopt;
  const auto trace_id = value.substr(kTraceId, 32);
  const auto parent_id = value.substr(kParentId, 16);
  const auto flags = value.substr(kFlags, 2);
  if (!is_id(trace_id) || !is_id(parent_id) || !is_hex(flags)) return std::nullopt;
  return TraceContext{.trace_id = std::string(trace_id),
                      .parent_id = std::string(parent_id),
                      .sampled = (value_of(flags[1]) & kSampled) != 0};
}

std::string format_traceparent(const TraceContext& trace) {
  return "00-" + trace.trace_id + "-" + trace.parent_id + (trace.sampled ? "-01" : "-00");
}

}  // namespace pixelvault::domain
