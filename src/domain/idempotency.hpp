// What makes two uploads the same (contract §4). A fingerprint is taken over the parsed fields and
// the digest of the file, never over the raw body, since every encoding of a form is another one.
// Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/digest.hpp"
#include "domain/image.hpp"

namespace pixelvault::domain {

/// The parts of an upload that its fingerprint covers. The project and environment are covered too,
/// so that nothing crosses them.
struct UploadFacts {
  ProjectId project;
  Environment environment = Environment::Live;
  base::Sha256 sha256{};  ///< of the file as it was sent
  std::string filename;
  std::string folder;
  Visibility visibility = Visibility::Public;
  std::optional<std::uint32_t> expires_in = {};  ///< seconds
  std::string metadata = "{}";
  std::optional<std::uint32_t> sign_expires_in = {};  ///< seconds; covered with a key only
};

/// How a retry of an upload is recognised: by its `Idempotency-Key` where it has one, otherwise by
/// its fingerprint.
struct UploadIdentity {
  std::optional<std::string> key = {};
  base::Sha256 fingerprint{};
};

UploadIdentity identify(const UploadFacts& facts, std::optional<std::string> key);

/// 1 to 255 printable ASCII characters.
bool is_idempotency_key(std::string_view text);

}  // namespace pixelvault::domain
