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

}  // namespace pixelvault::domain
