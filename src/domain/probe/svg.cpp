// SVG: the markup must nest and match from the root element to its end; the root gives the size.
// What the elements mean is nobody's business here.
#include <algorithm>
#include <string>

#include "domain/probe/failures.hpp"
#include "domain/probe/formats.hpp"
#include "domain/probe/svg_root.hpp"
#include "domain/probe/xml_decoder.hpp"
#include "domain/probe/xml_scanner.hpp"

namespace pixelvault::domain::probe {
namespace {

constexpr std::size_t kPortion = 65'536;  // bounds the memory of a conversion from UTF-16

std::unexpected<Error> not_svg(const ForeignType& type) {
  return fail({.code = ErrorCode::UnsupportedMediaType,
               .message = "The file is no SVG. " + std::string(type.advice),
               .detected_type = std::string(type.media_type)});
}

class SvgProbe : public Probe {
 public:
  explicit SvgProbe(const ProbeLimits& limits) : limits_(limits) {}

  Result<void> feed(base::ByteView bytes) override {
    while (!bytes.empty()) {
      const auto portion = bytes.first(std::min(bytes.size(), kPortion));
      bytes = bytes.subspan(portion.size());
      const auto scanned = scanner_.feed(decoder_.decode(portion));
      // The root stands before whatever else may be wrong in this portion.
      if (auto checked = check_root(); !checked) return checked;
      if (!scanned) return scanned;
    }
    return {};
  }

  Result<ImageFacts> finish() override {
    if (!scanner_.complete() || decoder_.waiting()) {
      return cut_short("SVG", scanner_.root().name.empty() ? "root element" : "root element's end");
    }
    return facts_;
  }

 private:
  Result<void> check_root() {
    if (root_checked_) return {};
    const auto& root = scanner_.root();
    if (const auto foreign = foreign_root(root)) return not_svg(*foreign);
    if (!root.complete) return {};
    root_checked_ = true;
    facts_ = svg_facts(root);
    return check_size(limits_, facts_.width, facts_.height);
  }

  ProbeLimits limits_;
  XmlDecoder decoder_;
  XmlScanner scanner_;
  ImageFacts facts_;
  bool root_checked_ = false;
};

}  // namespace

std::unique_ptr<Probe> make_svg_probe(const ProbeLimits& limits) {
  return std::make_unique<SvgProbe>(limits);
}

}  // namespace pixelvault::domain::probe
