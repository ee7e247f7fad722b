// The dates of HTTP headers (RFC 9110 §5.6.7), pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace pixelvault::http {

/// `Sun, 06 Nov 1994 08:49:37 GMT`
std::string format_http_date(std::chrono::sys_seconds time);

/// Reads all three forms that a recipient must accept: IMF-fixdate, RFC 850 and asctime. The
/// two-digit years of RFC 850 are 1970 to 2069. Whether the weekday fits the date is not asked.
std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text);

}  // namespace pixelvault::http
