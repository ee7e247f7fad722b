#include "domain/filename.hpp"

#include "domain/utf8.hpp"

namespace pixelvault::domain {
namespace {

// A longer "extension" is a sentence with a dot in it.
constexpr std::size_t kMaxExtensionBytes = 32;

std::string_view last_segment(std::string_view path) {
  const auto slash = path.find_last_of("/\\");
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// The longest beginning of at most `bytes` bytes that cuts no character.
std::string_view shortened(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && continues_character(text[bytes])) --bytes;
  return text.substr(0, bytes);
}

std::string_view extension_of(std::string_view name) {
  const auto dot = name.rfind('.');
  if (dot == std::string_view::npos || name.size() - dot > kMaxExtensionBytes) return {};
  return name.substr(dot);
}

}  // namespace

std::string clean_filename(std::string_view raw) {
  std::string name = printable(last_segment(raw));
  if (name == "." || name == "..") return {};
  if (name.size() <= kMaxFilenameBytes) return name;
  const auto extension = extension_of(name);
  const auto stem = std::string_view(name).substr(0, name.size() - extension.size());
  std::string cut(shortened(stem, kMaxFilenameBytes - extension.size()));
  cut += extension;
  return cut;
}

}  // namespace pixelvault::domain
