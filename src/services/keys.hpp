// The API keys of a project: listed, made, revoked and rotated, by a session for each project of
// its account, by a key with `keys:manage` for its own. A key gives away no more than it has. Any
// thread may call.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/task.hpp"
#include "domain/account.hpp"
#include "domain/error.hpp"
#include "ports/clock.hpp"
#include "ports/key_store.hpp"
#include "ports/project_store.hpp"
#include "ports/random_source.hpp"
#include "services/authentication.hpp"

namespace pixelvault::services {

/// How long the key of the last rotation goes on beside the new one.
inline constexpr std::chrono::hours kRotationOverlap{24};
inline constexpr std::chrono::seconds kMinKeyLifetime{60};
inline constexpr std::chrono::seconds kMaxKeyLifetime{31'536'000};

class KeyService {
 public:
  struct Dependencies {
    ports::KeyStore& keys;
    ports::ProjectStore& projects;
    ports::Clock& clock;
    ports::RandomSource& random;
    Authentication& authentication;
  };

  struct NewKey {
    std::optional<std::string> label{};
    std::optional<domain::Environment> environment{};  ///< live, or the calling key's
    std::optional<domain::Scopes> scopes{};            ///< all, or the calling key's
    /// Within kMin- and kMaxKeyLifetime; without an end, or as long as the calling key works.
    std::optional<std::chrono::seconds> lifetime{};
  };

  struct Issued {
    domain::StoredKey key;
    std::string api_key;  ///< its only appearance
  };

  explicit KeyService(Dependencies dependencies) : use_(dependencies) {}

  // `project` is what the request says of the project: a session must name one (InvalidRequest with
  // param project_id), a key need not. ProjectNotFound when it is not the caller's; Forbidden for a
  // key without `keys:manage`.

  /// Keys that work, oldest first; a test key is shown test keys only.
  base::task<domain::Result<std::vector<domain::StoredKey>>> list(
      domain::AnyCaller caller, std::optional<std::string> project);

  /// InvalidRequest (label), or Forbidden when a key asks for more or for longer than it has.
  base::task<domain::Result<Issued>> create(domain::AnyCaller caller,
                                            std::optional<std::string> project, NewKey request);

  /// `id` is what stood in the URL. Revoking again is the same again. KeyNotFound, or Forbidden
  /// when a key would revoke itself.
  base::task<domain::Result<domain::KeyId>> revoke(domain::AnyCaller caller,
                                                   std::optional<std::string> project,
                                                   std::string_view id);

  /// A new live key; the one that the last rotation made goes on for kRotationOverlap.
  base::task<domain::Result<Issued>> rotate(domain::SessionCaller caller, std::string project);

 private:
  base::task<domain::Result<domain::ProjectId>> project_of(domain::AnyCaller caller,
                                                           std::optional<std::string> project);
  /// When the caller's key ends, if it does. Asks the store and not the memory of the last second,
  /// so that what was ended in another process makes nothing that lasts: Unauthorized.
  base::task<domain::Result<std::optional<base::Timestamp>>> find_end(domain::AnyCaller caller,
                                                                      domain::ProjectId project);

  Dependencies use_;
};

}  // namespace pixelvault::services
