#include "support/fake_image_store.hpp"

#include <algorithm>
#include <chrono>
#include <ranges>
#include <stdexcept>
#include <utility>

#include "domain/month.hpp"

namespace pixelvault::support {

namespace {

constexpr std::chrono::hours kKeyLife{24};

FakeRecords::Place place_of(const domain::Image& image) {
  return {image.project, image.environment};
}

}  // namespace

base::task<ports::InsertOutcome> FakeImageStore::insert(ports::NewImage upload) {
  const std::lock_guard lock(records_->mutex);
  const auto& image = upload.image;
  if (records_->images.contains(image.id)) throw std::logic_error("images: the id is in use");
  if (auto known = replay(place_of(image), upload.identity, image.created_at)) {
    co_return std::visit([](auto& kind) { return ports::InsertOutcome(std::move(kind)); }, *known);
  }
  if (const auto held = records_->fingerprints.find({place_of(image), upload.identity.fingerprint});
      !upload.identity.key && held != records_->fingerprints.end()) {
    bury(records_->images.at(held->second.image), image.created_at);  // its time was over
  }
  if (const auto over = over_quota(upload)) co_return *over;
  keep_identity(upload);
  if (image.environment == domain::Environment::Live) {
    const auto month = domain::month_of(image.created_at).name;
    ++records_->months[{records_->payer(image.project), month}].uploads;
  }
  records_->images.emplace(image.id, image);
  co_return ports::Stored{};
}

std::optional<ports::Replay> FakeImageStore::replay(const FakeRecords::Place& place,
                                                    const domain::UploadIdentity& identity,
                                                    base::Timestamp now) const {
  if (identity.key) {
    const auto kept = records_->upload_keys.find({place, *identity.key});
    if (kept == records_->upload_keys.end() || kept->second.expires_at <= now) return std::nullopt;
    return replay_of_key(kept->second, identity.fingerprint);
  }
  const auto held = records_->fingerprints.find({place, identity.fingerprint});
  if (held == records_->fingerprints.end()) return std::nullopt;
  const auto& image = records_->images.at(held->second.image);
  if (domain::is_gone(image, now)) return std::nullopt;
  return ports::Replayed{.image = image, .signed_expires = held->second.signed_expires};
}

std::optional<ports::Replay> FakeImageStore::replay_of_key(const FakeRecords::UploadKey& kept,
                                                           const base::Sha256& fingerprint) const {
  if (kept.fingerprint != fingerprint) return ports::KeyReused{};
  auto image = kept.first_answer;
  image.deleted_at = records_->images.at(image.id).deleted_at;
  return ports::Replayed{.image = image, .signed_expires = kept.signed_expires};
}

std::optional<ports::OverQuota> FakeImageStore::over_quota(const ports::NewImage& upload) const {
  const auto& [image, limits, identity, link_end] = upload;
  // What is used is counted image by image: not for nothing.
  if (!limits.storage_bytes && !limits.private_images && !limits.uploads) return std::nullopt;
  const auto used =
      records_->usage(records_->payer(image.project), domain::month_of(image.created_at).name);
  const auto over = [](domain::Quota quota, std::optional<std::uint64_t> limit,
                       std::uint64_t before, std::uint64_t more) {
    return limit && before + more > *limit
               ? std::optional<ports::OverQuota>({.quota = quota, .limit = *limit, .used = before})
               : std::nullopt;
  };
  auto found = over(domain::Quota::Storage, limits.storage_bytes, used.storage_bytes, image.size);
  if (!found && image.visibility == domain::Visibility::Private) {
    found = over(domain::Quota::PrivateImages, limits.private_images, used.private_images, 1);
  }
  if (!found && image.environment == domain::Environment::Live) {
    found = over(domain::Quota::Uploads, limits.uploads, used.uploads, 1);
  }
  return found;
}

void FakeImageStore::keep_identity(const ports::NewImage& upload) {
  const auto& [image, limits, identity, link_end] = upload;
  if (identity.key) {
    records_->upload_keys.insert_or_assign(
        {place_of(image), *identity.key},
        FakeRecords::UploadKey{.fingerprint = identity.fingerprint,
                               .first_answer = image,
                               .signed_expires = link_end,
                               .expires_at = image.created_at + kKeyLife});
  } else {
    records_->fingerprints.insert_or_assign(
        {place_of(image), identity.fingerprint},
        FakeRecords::Fingerprint{.image = image.id, .signed_expires = link_end});
  }
}

base::task<std::optional<ports::Replay>> FakeImageStore::find_replay(
    domain::ProjectId project, domain::Environment environment, domain::UploadIdentity identity,
    base::Timestamp now) {
  const std::lock_guard lock(records_->mutex);
  co_return replay({project, environment}, identity, now);
}

base::task<bool> FakeImageStore::has_key(domain::ProjectId project, domain::Environment environment,
                                         std::string key, base::Timestamp now) {
  const std::lock_guard lock(records_->mutex);
  const auto kept = records_->upload_keys.find({FakeRecords::Place(project, environment), key});
  co_return kept != records_->upload_keys.end() && kept->second.expires_at > now;
}

base::task<std::optional<domain::Image>> FakeImageStore::find(domain::ProjectId project,
                                                              domain::ImageId image) {
  const std::lock_guard lock(records_->mutex);
  const auto found = records_->images.find(image);
  if (found == records_->images.end() || found->second.project != project) co_return std::nullopt;
  co_return found->second;
}

base::task<ports::ImagePage> FakeImageStore::list(ports::ImageQuery query) {
  const std::lock_guard lock(records_->mutex);
  const auto all = newest_first(query);
  ports::ImagePage page;
  page.total = all.size();
  std::uint64_t skipped = 0;
  for (const auto& image : all) {
    if (domain::is_gone(image, query.now)) continue;
    if (query.before && !(image.id < *query.before)) continue;
    if (skipped++ < query.skip) continue;
    page.more = page.images.size() == query.limit;
    if (page.more) break;
    page.images.push_back(image);
  }
  co_return page;
}

base::task<std::optional<domain::Image>> FakeImageStore::update(domain::ProjectId project,
                                                                domain::Environment environment,
                                                                domain::ImageId image,
                                                                ports::ImageChanges changes,
                                                                base::Timestamp now) {
  const std::lock_guard lock(records_->mutex);
  auto* found = own(project, environment, image);
  if (found == nullptr || domain::is_gone(*found, now)) co_return std::nullopt;
  if (changes.folder) found->folder = *std::move(changes.folder);
  if (changes.filename) found->filename = *std::move(changes.filename);
  if (changes.metadata) found->metadata = *std::move(changes.metadata);
  co_return *found;
}

base::task<std::optional<domain::Image>> FakeImageStore::mark_deleted(
    domain::ProjectId project, domain::Environment environment, domain::ImageId image,
    base::Timestamp now) {
  const std::lock_guard lock(records_->mutex);
  auto* found = own(project, environment, image);
  if (found == nullptr) co_return std::nullopt;
  bury(*found, now);
  co_return *found;
}

std::vector<domain::Image> FakeImageStore::images() const {
  const std::lock_guard lock(records_->mutex);
  std::vector<domain::Image> images;
  for (const auto& [id, image] : records_->images) images.push_back(image);
  return images;
}

std::vector<domain::Image> FakeImageStore::newest_first(const ports::ImageQuery& query) const {
  std::vector<domain::Image> images;
  for (const auto& [id, image] : records_->images | std::views::reverse) {
    if (image.project != query.project || image.environment != query.environment) continue;
    if (query.folder && image.folder != *query.folder) continue;
    if (!image.deleted_at) images.push_back(image);
  }
  return images;
}

domain::Image* FakeImageStore::own(const domain::ProjectId& project,
                                   domain::Environment environment, const domain::ImageId& image) {
  const auto found = records_->images.find(image);
  if (found == records_->images.end()) return nullptr;
  const bool ours = found->second.project == project && found->second.environment == environment;
  return ours ? &found->second : nullptr;
}

}  // namespace pixelvault::support
