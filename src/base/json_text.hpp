// Texts as strings of JSON (RFC 8259 §7), for the log: the JSON library belongs to the api. Pure.
#pragma once

#include <string>
#include <string_view>

namespace pixelvault::base {

/// Appends `text` in quotes. Bytes that are not UTF-8 become U+FFFD, so that the line stays JSON.
void append_json_text(std::string& json, std::string_view text);

}  // namespace pixelvault::base
