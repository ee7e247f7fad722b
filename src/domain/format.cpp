#include "domain/format.hpp"

#include <utility>

namespace pixelvault::domain {

std::string_view media_type(Format format) {
  switch (format) {
    case Format::Jpeg:
      return "image/jpeg";
    case Format::Png:
      return "image/png";
    case Format::Gif:
      return "image/gif";
    case Format::Webp:
      return "image/webp";
    case Format::Avif:
      return "image/avif";
    case Format::Svg:
      return "image/svg+xml";
  }
  std::unreachable();
}

std::string_view extension(Format format) {
  switch (format) {
    case Format::Jpeg:
      return "jpg";
    case Format::Png:
      return "png";
    case Format::Gif:
      return "gif";
    case Format::Webp:
      return "webp";
    case Format::Avif:
      return "avif";
    case Format::Svg:
      return "svg";
  }
  std::unreachable();
}

std::optional<Format> format_of_extension(std::string_view text) {
  for (const auto format : kFormats) {
    if (extension(format) == text) return format;
  }
  return std::nullopt;
}

}  // namespace pixelvault::domain
