#include "domain/probe/svg_root.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>

namespace pixelvault::domain::probe {
namespace {

constexpr std::string_view kSvgNamespace = "http://www.w3.org/2000/svg";
constexpr std::string_view kSpaces = " \t\r\n";

// Elements that web pages and mails begin with when nobody has written <html>.
constexpr std::array<std::string_view, 24> kHtmlElements = {
    "html", "head", "body",   "title", "meta", "link",  "script", "style",
    "div",  "span", "p",      "a",     "h1",   "table", "img",    "br",
    "ul",   "form", "iframe", "b",     "i",    "main",  "hr",     "pre"};

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lower;
}

std::string_view without_leading_spaces(std::string_view text) {
  const auto first = text.find_first_not_of(kSpaces);
  return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

/// Takes a number off the front of `text`; nothing when there is none.
std::optional<double> take_number(std::string_view& text) {
  const std::size_t sign = text.starts_with('+') ? 1 : 0;  // from_chars knows the minus only
  const auto digits = text.substr(sign);
  if (digits.find_first_of("0123456789.") > (digits.starts_with('-') && sign == 0 ? 1U : 0U)) {
    return std::nullopt;  // "inf", "nan"
  }
  double number = 0;
  const auto* const end = std::to_address(digits.end());
  const auto [stop, error] = std::from_chars(std::to_address(digits.begin()), end, number);
  if (error != std::errc()) return std::nullopt;
  text = std::string_view(stop, static_cast<std::size_t>(end - stop));
  return number;
}

/// CSS pixels in a unit (CSS Values 3 §5.2); nothing for relative and unknown units.
std::optional<double> pixels_in(std::string_view unit) {
  struct Unit {
    std::string_view name;
    double pixels;
  };
  constexpr double kInch = 96;
  static constexpr std::array<Unit, 8> kUnits = {{{"", 1},
                                                  {"px", 1},
                                                  {"pt", kInch / 72},
                                                  {"pc", kInch / 6},
                                                  {"in", kInch},
                                                  {"cm", kInch / 2.54},
                                                  {"mm", kInch / 25.4},
                                                  {"q", kInch / 101.6}}};
  const std::string name = lower_case(unit);
  const auto found = std::ranges::find(kUnits, name, &Unit::name);
  return found == kUnits.end() ? std::nullopt : std::optional(found->pixels);
}

std::optional<double> absolute_length(std::optional<std::string_view> attribute) {
  if (!attribute) return std::nullopt;
  auto text = without_leading_spaces(*attribute);
  const auto number = take_number(text);
  const auto pixels = pixels_in(text.substr(0, text.find_first_of(kSpaces)));
  if (!number || !pixels || *number < 0) return std::nullopt;
  return *number * *pixels;
}

struct ViewBox {
  double width;
  double height;
};

/// Four numbers, apart by white space and at most a comma; sides of zero or less are none.
std::optional<ViewBox> view_box(std::optional<std::string_view> attribute) {
  std::array<double, 4> numbers{};
  auto text = attribute.value_or("");
  for (auto& number : numbers) {
    text = without_leading_spaces(text);
    if (&number != numbers.data() && text.starts_with(',')) {
      text = without_leading_spaces(text.substr(1));
    }
    const auto taken = take_number(text);
    if (!taken) return std::nullopt;
    number = *taken;
  }
  if (numbers[2] <= 0 || numbers[3] <= 0) return std::nullopt;
  return ViewBox{numbers[2], numbers[3]};
}

std::uint32_t to_pixels(double length) {
  constexpr double kMost = std::numeric_limits<std::uint32_t>::max();
  if (!(length < kMost)) return std::numeric_limits<std::uint32_t>::max();
  return std::max<std::uint32_t>(1, static_cast<std::uint32_t>(std::lround(length)));
}

ForeignType without_namespace() {
  return {"application/xml",
          "The <svg> element is not in the SVG namespace: add "
          "xmlns=\"http://www.w3.org/2000/svg\" to it and upload it again."};
}

}  // namespace

std::optional<ForeignType> foreign_root(const XmlRoot& root) {
  if (root.name.empty()) return std::nullopt;
  if (root.local_name() != "svg") {
    const bool is_html =
        std::ranges::find(kHtmlElements, lower_case(root.local_name())) != kHtmlElements.end();
    if (is_html) return ForeignType{"text/html", "Upload the picture itself, not a web page."};
    return ForeignType{"application/xml", "Of XML documents only SVG pictures can be uploaded."};
  }
  if (!root.complete) return std::nullopt;
  const std::string declaration =
      root.prefix().empty() ? "xmlns" : "xmlns:" + std::string(root.prefix());
  if (root.attribute(declaration) == kSvgNamespace) return std::nullopt;
  return without_namespace();
}

ImageFacts svg_facts(const XmlRoot& root) {
  constexpr double kDefaultWidth = 300;
  constexpr double kDefaultHeight = 150;
  const auto box = view_box(root.attribute("viewBox"));
  auto width = absolute_length(root.attribute("width"));
  auto height = absolute_length(root.attribute("height"));
  if (box && !width && !height) width = box->width;
  if (box && width && !height) height = *width * box->height / box->width;
  if (box && !width && height) width = *height * box->width / box->height;
  return {.width = to_pixels(width.value_or(kDefaultWidth)),
          .height = to_pixels(height.value_or(kDefaultHeight)),
          .frames = 1};
}

}  // namespace pixelvault::domain::probe
