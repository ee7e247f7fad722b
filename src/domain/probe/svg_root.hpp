// What the root element of an XML document tells: whether the document is an SVG at all, and how
// large. Sniffing and the SVG probe ask the same questions here. Pure.
#pragma once

#include <optional>
#include <string_view>

#include "domain/image.hpp"
#include "domain/probe/xml_scanner.hpp"
#include "domain/sniff.hpp"

namespace pixelvault::domain::probe {

/// What the document is when it is no SVG: nothing as long as its root may still be `svg` in the
/// SVG namespace (the namespace is only known when the tag is complete).
std::optional<ForeignType> foreign_root(const XmlRoot& root);

/// The size in CSS pixels, at least 1 a side, frames 1: from `width` and `height` where they are
/// absolute lengths; a missing one from the other by the ratio of `viewBox`; both from `viewBox`;
/// else 300 and 150 (SVG 2 §7.2, CSS 2.2 §10.3.2). What is too large for 32 bits is their maximum.
ImageFacts svg_facts(const XmlRoot& root);

}  // namespace pixelvault::domain::probe
