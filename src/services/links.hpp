// Signed links to private images (contract §5): makes them, and says whether one is genuine. Used
// by the api for every private image that it shows and delivers. Any thread may call. Holds a copy
// of the ring of secrets, which other processes may change.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/task.hpp"
#include "domain/image.hpp"
#include "domain/link.hpp"
#include "ports/clock.hpp"
#include "ports/link_key_store.hpp"
#include "ports/random_source.hpp"

namespace pixelvault::services {

/// How long a link lives when nobody says otherwise, outside of an upload's answer.
inline constexpr std::chrono::seconds kDefaultLink{3600};

struct SignedLink {
  std::string path;  ///< `{project}/cp/i/{image}.{ext}?token=…&expires=…`, without a leading slash
  std::int64_t expires = 0;  ///< Unix seconds; from then on it is refused
};

/// What `/{project}/cp/i/{image}` was asked with.
struct LinkClaim {
  domain::ProjectId project;
  domain::ImageId image;
  std::int64_t expires = 0;
  std::string token;
};

class Links {
 public:
  Links(ports::LinkKeyStore& keys, ports::Clock& clock, ports::RandomSource& random)
      : keys_(keys), clock_(clock), random_(random) {}

  /// A link to a private image that ends after `lifetime`, signed with the newest key.
  base::task<SignedLink> sign(const domain::Image& image, std::chrono::seconds lifetime);
  /// The same with its end in Unix seconds; equal ends give equal links while the key is the same.
  base::task<SignedLink> sign_until(const domain::Image& image, std::int64_t expires);

  /// Whether one of the server's keys made the token for exactly this image and moment. Whether the
  /// moment has come is not asked here.
  base::task<bool> verify(LinkClaim claim);

 private:
  using Ring = std::shared_ptr<const std::vector<domain::LinkKey>>;

  /// The copy while it is fresh; otherwise the ring, whose first key is made when there is none.
  base::task<Ring> get_ring();
  base::task<Ring> reload();
  Ring find_fresh();
  bool may_look_again();

  ports::LinkKeyStore& keys_;
  ports::Clock& clock_;
  ports::RandomSource& random_;
  std::mutex mutex_;
  Ring ring_;                  // what was read last, newest first
  base::Timestamp loaded_at_;  // when
  base::Timestamp looked_at_;  // when an unknown key was last looked for
};

}  // namespace pixelvault::services
