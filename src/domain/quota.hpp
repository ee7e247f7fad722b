// What a plan counts, and how much of it is used. Limits that are absent do not limit.
#pragma once

#include <cstdint>
#include <optional>

namespace pixelvault::domain {

enum class Quota { Storage, Uploads, Bandwidth, PrivateImages, Projects };

/// What one upload is held against, in the transaction that stores it.
struct UploadLimits {
  std::optional<std::uint64_t> storage_bytes = {};
  std::optional<std::uint64_t> uploads = {};  ///< of the month; live images only
  std::optional<std::uint64_t> private_images = {};
};

/// What an account has used: stored bytes and private images at this moment, the others in the
/// month.
struct AccountUsage {
  std::uint64_t storage_bytes = 0;
  std::uint64_t private_images = 0;
  std::uint64_t uploads = 0;
  std::uint64_t bandwidth_bytes = 0;
};

}  // namespace pixelvault::domain
