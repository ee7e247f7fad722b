#include "domain/probe/probe.hpp"

#include <utility>

#include "domain/probe/formats.hpp"

namespace pixelvault::domain {

std::unique_ptr<Probe> make_probe(Format format, const ProbeLimits& limits) {
  switch (format) {
    case Format::Jpeg:
      return probe::make_jpeg_probe(limits);
    case Format::Png:
      return probe::make_png_probe(limits);
    case Format::Gif:
      return probe::make_gif_probe(limits);
    case Format::Webp:
      return probe::make_webp_probe(limits);
    case Format::Avif:
      return probe::make_avif_probe(limits);
    case Format::Svg:
      return probe::make_svg_probe(limits);
  }
  std::unreachable();
}

}  // namespace pixelvault::domain
