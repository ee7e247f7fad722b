#include "services/links.hpp"

#include <algorithm>
#include <utility>

#include "services/mint.hpp"

namespace pixelvault::services {

using std::chrono::seconds;

namespace {

constexpr seconds kFresh{60};       // how long the copy of the ring is trusted
constexpr seconds kReloadPause{1};  // between looks for keys that the copy has not

const domain::LinkKey* find_key(const std::vector<domain::LinkKey>& ring, std::string_view id) {
  const auto found = std::ranges::find(ring, id, &domain::LinkKey::id);
  return found == ring.end() ? nullptr : &*found;
}

bool is_genuine(const domain::LinkKey& key, const LinkClaim& claim) {
  return domain::is_link_token(key, claim.project, claim.image, claim.expires, claim.token);
}

/// Whether `pause` is over since `then`; also when the clock was set back meanwhile.
bool is_over(base::Timestamp now, base::Timestamp then, seconds pause) {
  return now < then || now - then >= pause;
}

}  // namespace

base::task<SignedLink> Links::sign(const domain::Image& image, seconds lifetime) {
  const auto end = std::chrono::floor<seconds>(clock_.now() + lifetime);
  co_return co_await sign_until(image, end.time_since_epoch().count());
}

base::task<SignedLink> Links::sign_until(const domain::Image& image, std::int64_t expires) {
  const auto ring = co_await get_ring();
  const auto token = domain::sign_link(ring->front(), image.project, image.id, expires);
  std::string path = domain::image_path(image);
  path.append("?token=").append(token).append("&expires=").append(std::to_string(expires));
  co_return SignedLink{.path = std::move(path), .expires = expires};
}

base::task<bool> Links::verify(LinkClaim claim) {
  const auto id = domain::link_key_id(claim.token);
  if (id.empty()) co_return false;
  auto ring = co_await get_ring();
  if (const auto* key = find_key(*ring, id)) co_return is_genuine(*key, claim);
  // Another process may have made the key a moment ago; a made-up one must not cost a query each
  // time.
  if (!may_look_again()) co_return false;
  ring = co_await reload();
  const auto* key = find_key(*ring, id);
  if (key == nullptr) co_return false;
  co_return is_genuine(*key, claim);
}

base::task<Links::Ring> Links::get_ring() {
  if (auto ring = find_fresh()) co_return ring;
  auto ring = co_await reload();
  if (!ring->empty()) co_return ring;
  auto first = mint_link_key(clock_.now(), random_);
  co_await keys_.add_first(std::move(first));
  co_return co_await reload();
}

base::task<Links::Ring> Links::reload() {
  const auto now = clock_.now();
  auto ring = std::make_shared<const std::vector<domain::LinkKey>>(co_await keys_.list());
  const std::scoped_lock lock(mutex_);
  ring_ = ring;
  loaded_at_ = now;
  co_return ring;
}

Links::Ring Links::find_fresh() {
  const auto now = clock_.now();
  const std::scoped_lock lock(mutex_);
  const bool usable = ring_ && !ring_->empty() && !is_over(now, loaded_at_, kFresh);
  return usable ? ring_ : nullptr;
}

bool Links::may_look_again() {
  const auto now = clock_.now();
  const std::scoped_lock lock(mutex_);
  if (!is_over(now, loaded_at_, kReloadPause) || !is_over(now, looked_at_, kReloadPause)) {
    return false;
  }
  looked_at_ = now;
  return true;
}

}  // namespace pixelvault::services
