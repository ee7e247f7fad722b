// An upload whose parts a test has written down, and which remembers how much of it was read.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "services/upload.hpp"

namespace pixelvault::support {

class ScriptedForm final : public services::UploadForm {
 public:
  struct FilePart {
    std::string filename;
    std::string bytes;
  };
  using Scripted = std::variant<FilePart, Field>;

  explicit ScriptedForm(std::vector<Scripted> parts) : parts_(std::move(parts)) {}

  std::size_t chunk = 1000;                 ///< bytes that one read gives
  std::uint64_t declared = 0;               ///< what `declared_size` says, exactly
  std::uint64_t breaks_after = UINT64_MAX;  ///< file bytes after which reading fails
  std::uint64_t bytes_read = 0;

  DeclaredSize declared_size() const override { return {.at_least = declared, .exact = true}; }

  base::task<domain::Result<Part>> next() override {
    if (next_ == parts_.size()) co_return End{};
    auto& part = parts_[next_++];
    if (const auto* field = std::get_if<Field>(&part)) co_return *field;
    file_ = std::get<FilePart>(part);
    offset_ = 0;
    co_return File{file_.filename};
  }

  base::task<domain::Result<base::ByteView>> read() override {
    if (offset_ >= breaks_after) {
      co_return domain::fail({.code = domain::ErrorCode::InvalidMultipart, .message = "it broke"});
    }
    const auto rest = base::as_bytes(file_.bytes).subspan(offset_);
    const auto bytes = rest.first(std::min(rest.size(), chunk));
    offset_ += bytes.size();
    bytes_read += bytes.size();
    co_return bytes;
  }

 private:
  std::vector<Scripted> parts_;
  std::size_t next_ = 0;
  FilePart file_;
  std::size_t offset_ = 0;
};

}  // namespace pixelvault::support
