// Files of a fixed, preallocated size that records are appended to. Owns the newest one; one
// thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "base/unique_fd.hpp"
#include "load/disk/calls.hpp"

namespace pixelvault::bench {

struct Blob {
  std::uint64_t number = 0;
  std::string_view bytes;
};

struct Place {
  std::uint64_t segment = 0;
  std::uint64_t position = 0;
};

class Segment {
 public:
  /// Most blobs of one append: two parts each must fit into IOV_MAX.
  static constexpr std::size_t kMostBlobs = 512;

  explicit Segment(std::filesystem::path folder);

  /// Appends the blobs, each behind a header that says its number and its length, and syncs once.
  /// Gives where each of them lies.
  std::span<const Place> append(std::span<const Blob> blobs);

 private:
  struct Header {
    std::uint64_t magic;
    std::uint64_t number;
    std::uint64_t length;
    std::uint64_t reserved;
  };

  void begin_next();

  std::filesystem::path folder_;
  base::UniqueFd file_;
  std::uint64_t segment_ = 0;
  std::uint64_t position_ = 0;
  std::vector<Header> headers_;
  std::vector<iovec> parts_;
  std::vector<Place> places_;
};

}  // namespace pixelvault::bench
