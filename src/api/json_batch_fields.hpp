// The fields of a JSON batch by their names, and their values as text. Used by JsonBatchHandler.
// Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pixelvault::api {

/// The longest name or text that is understood, in bytes.
inline constexpr std::size_t kMaxBatchText = 8UL * 1024;

/// Whether the base64 of an image may stand under this name.
bool is_data_field(std::string_view name);
/// Whether it is a field that means something, and whose value is a text, a number or a truth.
bool is_text_field(std::string_view name);

/// Keeps one byte more than is understood, so that what is too long can be told.
void append_bounded(std::string& text, std::string_view part);

/// A whole number is written as one, however it was written: 60.0 is 60.
std::string number_text(double value);

}  // namespace pixelvault::api
