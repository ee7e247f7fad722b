// Well-formed things for tests, each with ids of its own; a test changes what it is about. Ids grow
// with every call, so that later things are newer. Not shared between threads.
#pragma once

#include <chrono>
#include <string>

#include "domain/account.hpp"
#include "domain/export.hpp"
#include "domain/image.hpp"
#include "ports/account_store.hpp"
#include "ports/new_image.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_random_source.hpp"

namespace pixelvault::support {

class Builders {
 public:
  template <class Id>
  Id id() {
    base::IdEntropy entropy{};
    random_.fill(entropy);
    clock_.advance(std::chrono::milliseconds(1));
    return Id::make(clock_.now(), entropy);
  }

  domain::Image image(const domain::ProjectId& project) {
    const auto new_id = id<domain::ImageId>();
    return {.id = new_id,
            .project = project,
            .size = 1000,
            .facts = {.width = 640, .height = 480, .frames = 1},
            .sha256 = base::sha256(base::as_bytes(new_id.to_string())),
            .filename = "cat.jpg",
            .folder = "",
            .created_at = clock_.now()};
  }

  /// An upload of `image` that is like no other, without a key and without limits.
  static ports::NewImage upload(const domain::Image& image) {
    return {.image = image,
            .identity = {.fingerprint = base::sha256(base::as_bytes(image.id.to_string()))}};
  }

  domain::Project project(const domain::AccountId& account, const std::string& name = "Shop") {
    const auto new_id = id<domain::ProjectId>();
    return {.id = new_id, .account = account, .name = name, .created_at = clock_.now()};
  }

  domain::StoredKey key(const domain::ProjectId& project) {
    const auto new_id = id<domain::KeyId>();
    return {.id = new_id,
            .project = project,
            .hash = base::sha256(base::as_bytes(new_id.to_string())),
            .shown_prefix = "pv_live_abcd",
            .created_at = clock_.now(),
            .origin = domain::KeyOrigin::Request};
  }

  /// One that lasts 24 hours.
  domain::Session session(const domain::AccountId& account) {
    const auto token = id<domain::KeyId>();
    return {.hash = base::sha256(base::as_bytes(token.to_string())),
            .account = account,
            .created_at = clock_.now(),
            .expires_at = clock_.now() + std::chrono::hours(24)};
  }

  /// A pending one that lasts 24 hours.
  domain::Export export_job(const domain::ProjectId& project) {
    const auto new_id = id<domain::ExportId>();
    return {.id = new_id,
            .project = project,
            .created_at = clock_.now(),
            .expires_at = clock_.now() + std::chrono::hours(24)};
  }

  ports::Registration registration(const std::string& email) {
    const auto account = id<domain::AccountId>();
    const auto project = id<domain::ProjectId>();
    const auto key = id<domain::KeyId>();
    const auto now = clock_.now();
    const auto hash = base::sha256(base::as_bytes(key.to_string()));
    return {.account = {.id = account,
                        .email = email,
                        .password_hash = "hash",
                        .plan = "free",
                        .created_at = now},
            .project = {.id = project, .account = account, .name = "Default", .created_at = now},
            .key = {.id = key,
                    .project = project,
                    .hash = hash,
                    .shown_prefix = "pv_live_abcd",
                    .created_at = now}};
  }

 private:
  FakeClock clock_;
  FakeRandomSource random_;
};

}  // namespace pixelvault::support
