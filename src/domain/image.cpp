#include "domain/image.hpp"

namespace pixelvault::domain {

std::string_view environment_name(Environment environment) {
  return environment == Environment::Live ? "live" : "test";
}

bool is_gone(const Image& image, base::Timestamp now) {
  return image.deleted_at || (image.expires_at && *image.expires_at <= now);
}

std::string image_path(const Image& image) {
  std::string path = image.project.to_string();
  path += image.visibility == Visibility::Private ? "/cp/i/" : "/";
  path += image.id.to_string();
  path += '.';
  path += extension(image.format);
  return path;
}

std::optional<ImageId> image_of_path(std::string_view path) {
  const auto slash = path.rfind('/');
  if (slash == path.npos) return std::nullopt;
  const auto name = path.substr(slash + 1);
  const auto dot = name.find('.');
  if (dot == name.npos || !format_of_extension(name.substr(dot + 1))) return std::nullopt;
  return ImageId::parse(name.substr(0, dot));
}

}  // namespace pixelvault::domain
