// A batch whose parts a test has written down. File parts stand as their bytes after their Begin.
#pragma once

#include <algorithm>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "services/batch_form.hpp"

namespace pixelvault::support {

class ScriptedBatchForm final : public services::BatchForm {
 public:
  struct Bytes {
    std::string bytes;
  };
  /// From here on the form is broken.
  struct Break {};
  using Scripted = std::variant<Part, Bytes, Break>;

  explicit ScriptedBatchForm(std::deque<Scripted> parts) : parts_(std::move(parts)) {}

  std::size_t chunk = 1000;      ///< bytes that one read gives
  std::uint64_t bytes_read = 0;  ///< of all files

  base::task<domain::Result<Part>> next() override {
    if (parts_.empty()) co_return End{};
    if (std::holds_alternative<Break>(parts_.front())) co_return broken();
    auto scripted = std::move(parts_.front());
    parts_.pop_front();
    if (auto* part = std::get_if<Part>(&scripted)) co_return std::move(*part);
    file_ = std::move(std::get<Bytes>(scripted).bytes);
    offset_ = 0;
    co_return Data{};
  }

  base::task<domain::Result<base::ByteView>> read() override {
    const bool breaks = !parts_.empty() && std::holds_alternative<Break>(parts_.front());
    const auto rest = base::as_bytes(file_).subspan(offset_);
    if (rest.empty() && breaks) co_return broken();
    const auto bytes = rest.first(std::min(rest.size(), chunk));
    offset_ += bytes.size();
    bytes_read += bytes.size();
    co_return bytes;
  }

 private:
  static std::unexpected<domain::Error> broken() {
    return domain::fail({.code = domain::ErrorCode::InvalidJson, .message = "it broke"});
  }

  std::deque<Scripted> parts_;
  std::string file_;
  std::size_t offset_ = 0;
};

}  // namespace pixelvault::support
