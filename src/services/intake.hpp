// The chain that every byte of an uploaded file passes once, between the socket and the blob
// writer: count, limit, hash, sniff, probe. Pure; one per file.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/bytes.hpp"
#include "base/digest.hpp"
#include "domain/error.hpp"
#include "domain/format.hpp"
#include "domain/image.hpp"
#include "domain/probe/probe.hpp"

namespace pixelvault::services {

class Intake {
 public:
  struct Summary {
    domain::Format format;
    domain::ImageFacts facts;
    std::uint64_t size;
    base::Sha256 sha256;
  };

  Intake(std::uint64_t max_bytes, const domain::ProbeLimits& limits)
      : max_bytes_(max_bytes), limits_(limits) {}

  /// Takes the next bytes and gives those that may be written now: nothing until the type is known
  /// (from the first 4 KB), everything held back with the first ones. Valid until the next call.
  domain::Result<base::ByteView> take(base::ByteView bytes);

  /// After the last byte: what was held back when the file is shorter than the head.
  domain::Result<base::ByteView> rest();

  /// What the file was. Only after `rest`.
  domain::Result<Summary> finish();

 private:
  domain::Result<base::ByteView> decide();
  domain::Result<base::ByteView> pass(base::ByteView bytes);

  std::uint64_t max_bytes_;
  domain::ProbeLimits limits_;
  std::uint64_t size_ = 0;
  std::vector<std::byte> head_;  // what came before the type was known
  base::Sha256Stream hash_;
  domain::Format format_{};
  std::unique_ptr<domain::Probe> probe_;  // once the type is known
};

/// FileTooLarge, with the limit and, where it is known, the size.
domain::Error file_too_large(std::uint64_t limit, std::optional<std::uint64_t> actual);

}  // namespace pixelvault::services
