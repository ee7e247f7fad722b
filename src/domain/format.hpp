// The six formats that the service takes (contract §7), with their names for people and machines.
// Pure.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace pixelvault::domain {

enum class Format { Jpeg, Png, Gif, Webp, Avif, Svg };

inline constexpr std::array kFormats = {Format::Jpeg, Format::Png,  Format::Gif,
                                        Format::Webp, Format::Avif, Format::Svg};

/// The media type that is stored and served, e.g. `image/svg+xml`.
std::string_view media_type(Format format);

/// The canonical extension of delivery URLs, without a dot.
std::string_view extension(Format format);

std::optional<Format> format_of_extension(std::string_view extension);

}  // namespace pixelvault::domain
