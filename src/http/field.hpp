// The grammar that the values of header fields share (RFC 9110 §5.6): white space, tokens,
// parameters, media types. Pure; used by whatever reads a header, of a request or of one part of a
// multipart body. Views that are returned point into the text that was given.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pixelvault::http {

/// Without spaces and tabs at both ends (OWS, RFC 9110 §5.6.3).
std::string_view trim(std::string_view text);

/// Whether it is a token: at least one character, none of them a delimiter (RFC 9110 §5.6.2).
bool is_token(std::string_view text);

/// ASCII only; other bytes stay as they are.
std::string to_lower(std::string_view text);
bool equals_ignoring_case(std::string_view left, std::string_view right);

/// A value before its first semicolon, trimmed, and the rest from that semicolon on.
struct ParameterisedValue {
  std::string_view value;
  std::string_view parameters;
};
ParameterisedValue split_parameters(std::string_view field_value);

struct Parameter {
  std::string name;   ///< lower-cased
  std::string value;  ///< as it was meant: quotes and escapes undone
};

/// More parameters than this in one value are no header that anybody sends.
inline constexpr std::size_t kMaxParameters = 16;

/// Reads `; name=value; name="value"` (RFC 9110 §5.6.6); nothing when it is not that, or a name
/// comes twice. Kinder than the grammar in two places, because of what clients send: a bare value
/// may hold any character but white space, quotes and semicolons, and in quotes a backslash escapes
/// only a quote or a backslash (browsers send those of `C:\new\photo.png` bare).
std::optional<std::vector<Parameter>> parse_parameters(std::string_view text);

/// The parameter of this lower-case name; null when there is none. Lives as long as `parameters`.
const std::string* find_parameter(const std::vector<Parameter>& parameters, std::string_view name);

/// `image/png` of `Image/PNG; x=y`; empty when there is no type and subtype (RFC 9110 §8.3.1).
std::string media_type_essence(std::string_view content_type);

}  // namespace pixelvault::http
