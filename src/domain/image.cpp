#include "domain/image.hpp"

namespace pixelvault::domain {

std::string image_path(const Image& image) {
  std::string path = image.project.to_string();
  path += '/';
  path += image.id.to_string();
  path += '.';
  path += extension(image.format);
  return path;
}

}  // namespace pixelvault::domain
