// How uploads are recognised when they come again (contract §4): by their idempotency key for 24
// hours, or without one by their fingerprint for as long as the image lives. Used inside the
// transactions of the image store; the primary keys of both tables are the last guard.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "adapters/sql/session.hpp"
#include "base/digest.hpp"
#include "domain/image.hpp"
#include "ports/new_image.hpp"

namespace pixelvault::adapters::sql {

/// Keys and fingerprints mean nothing outside it.
struct UploadPlace {
  std::string project;
  std::string environment;
};
UploadPlace to_place(const domain::ProjectId& project, domain::Environment environment);

/// An idempotency key and those parts of the first answer that may have changed since.
struct KeptKey {
  base::Sha256 fingerprint{};
  domain::ImageId image;
  std::string filename, folder, metadata;
  std::optional<std::int64_t> signed_expires;
};
/// Nothing when its 24 hours are over at `now`.
std::optional<KeptKey> find_key(Session& session, const UploadPlace& place, const std::string& key,
                                base::Timestamp now);

/// The image that an upload without a key has made; it may have expired, but is no tombstone.
struct KeptFingerprint {
  domain::ImageId image;
  std::optional<std::int64_t> signed_expires;
};
std::optional<KeptFingerprint> find_fingerprint(Session& session, const UploadPlace& place,
                                                const base::Sha256& fingerprint);

/// Keeps what `upload` will be recognised by. A key whose time is over is replaced.
void keep_identity(Session& session, const ports::NewImage& upload);

void drop_fingerprint(Session& session, const domain::ImageId& image);

/// Forgets keys whose time is over at `now`, at most `limit`. Returns how many.
std::uint32_t drop_ended_keys(Session& session, base::Timestamp now, std::uint32_t limit);

}  // namespace pixelvault::adapters::sql
