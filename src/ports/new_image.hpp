// An upload on its way into the records, and what can come of it. Which of these it is is decided
// in the transaction that stores the image.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "domain/idempotency.hpp"
#include "domain/image.hpp"
#include "domain/quota.hpp"

namespace pixelvault::ports {

struct NewImage {
  domain::Image image;
  domain::UploadLimits limits = {};  ///< of the account that the project belongs to
  domain::UploadIdentity identity = {};
  /// When a private image's first link ends, in Unix seconds.
  std::optional<std::int64_t> signed_expires = {};
};

/// What an upload came to.
struct Stored {};
/// It was stored before: the answer that was given then. Nothing was counted.
struct Replayed {
  domain::Image image;
  std::optional<std::int64_t> signed_expires = {};
};
/// Its idempotency key was used for another upload.
struct KeyReused {};
/// The plan has no room for it.
struct OverQuota {
  domain::Quota quota = domain::Quota::Storage;
  std::uint64_t limit = 0;
  std::uint64_t used = 0;
};
using InsertOutcome = std::variant<Stored, Replayed, KeyReused, OverQuota>;
using Replay = std::variant<Replayed, KeyReused>;

}  // namespace pixelvault::ports
