#include "support/samples.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace pixelvault::support {

const std::vector<Sample>& samples() {
  using domain::Format;
  static const std::vector<Sample> all = {
      {"alpha-lossless.webp", Format::Webp, 512, 256, 1},
      {"alpha.png", Format::Png, 512, 256, 1},
      {"animated.gif", Format::Gif, 80, 80, 30},
      {"animated.webp", Format::Webp, 80, 80, 9},
      {"drawing.svg", Format::Svg, 200, 200, 1},
      {"photo-exif-gps.jpg", Format::Jpeg, 400, 300, 1},
      {"photo-exif-xmp-icc.avif", Format::Avif, 403, 302, 1},
      {"photo-exif-xmp-icc.png", Format::Png, 403, 302, 1},
      {"photo-lossy.webp", Format::Webp, 403, 302, 1},
      {"photo-orientation-5.jpg", Format::Jpeg, 403, 302, 1},
      {"photo-progressive.jpg", Format::Jpeg, 1204, 800, 1},
      {"photo.avif", Format::Avif, 1204, 800, 1},
  };
  return all;
}

std::string read_sample(std::string_view name) {
  const std::string path = std::string(PIXELVAULT_SAMPLES) + "/" + std::string(name);
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("no sample " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace pixelvault::support
