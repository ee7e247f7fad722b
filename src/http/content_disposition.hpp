// Content-Disposition, written and read: of a delivered picture (RFC 6266), and of one part of a
// multipart/form-data body (RFC 7578 §4.2). Pure.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace pixelvault::http {

/// `inline; filename="r_sum_.png"; filename*=UTF-8''r%C3%A9sum%C3%A9.png`, or `inline` when there
/// is no name (RFC 6266 §4.1, RFC 8187). Control characters become `_`, so that no name can end the
/// header; a name that is not UTF-8 is given by its ASCII form alone, in both places.
std::string inline_disposition(std::string_view filename);

struct FormDisposition {
  std::string name;
  std::optional<std::string> filename;  ///< absent for plain fields; may be empty
};

/// Reads `form-data; name="…"; filename="…"`. Undone are backslash escapes and the browsers' `%22`,
/// `%0D` and `%0A` (WHATWG HTML, multipart/form-data encoding); `filename*` wins over `filename`
/// when it is well-formed UTF-8 (RFC 8187 §3.2). Otherwise the bytes are those that were sent, in
/// whatever encoding. The error is a sentence for the client.
std::expected<FormDisposition, std::string> parse_form_disposition(std::string_view value);

}  // namespace pixelvault::http
