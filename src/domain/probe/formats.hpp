// The six probes that make_probe chooses from, each in the source file of its name.
#pragma once

#include <memory>

#include "domain/probe/probe.hpp"

namespace pixelvault::domain::probe {

std::unique_ptr<Probe> make_jpeg_probe(const ProbeLimits& limits);
std::unique_ptr<Probe> make_png_probe(const ProbeLimits& limits);
std::unique_ptr<Probe> make_gif_probe(const ProbeLimits& limits);
std::unique_ptr<Probe> make_webp_probe(const ProbeLimits& limits);
std::unique_ptr<Probe> make_avif_probe(const ProbeLimits& limits);
std::unique_ptr<Probe> make_svg_probe(const ProbeLimits& limits);

}  // namespace pixelvault::domain::probe
