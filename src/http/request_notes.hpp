// What the application has learned of a request while it was handled, kept until the response is
// over: for its log and its counts. Belongs to the request.
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/metrics.hpp"

namespace pixelvault::http {

struct RequestNotes {
  static constexpr std::size_t kNoRoute = std::numeric_limits<std::size_t>::max();

  std::size_t route = kNoRoute;  ///< which of the router's routes answers
  /// Names and values in the application's own words; the names are literals.
  std::vector<std::pair<std::string_view, std::string>> fields{};
  base::GaugeHold in_flight{};

  void add(std::string_view name, std::string value) {
    fields.emplace_back(name, std::move(value));
  }
};

}  // namespace pixelvault::http
