#include "services/delivery.hpp"

#include <algorithm>
#include <utility>

#include "base/log.hpp"
#include "base/unavailable.hpp"

namespace pixelvault::services {

using domain::ErrorCode;
using domain::Result;
using std::chrono::seconds;

struct DeliveryService::Address {
  domain::ProjectId project;
  domain::ImageId image;
  domain::Format format;
};

namespace {

std::unexpected<domain::Error> not_found() {
  return domain::fail(
      {.code = ErrorCode::ImageNotFound,
       .message = "There is no image at this URL: check that it was copied whole."});
}

/// What to say of an image that was there. One that the janitor has removed in its time is still
/// one that expired.
std::unexpected<domain::Error> gone(const domain::Image& image) {
  const bool deleted_before =
      image.deleted_at && (!image.expires_at || *image.deleted_at < *image.expires_at);
  if (deleted_before) {
    return domain::fail({.code = ErrorCode::ImageDeleted, .message = "This image was deleted."});
  }
  return domain::fail({.code = ErrorCode::ImageExpired,
                       .message = "This image was uploaded for a limited time, which is over."});
}

seconds whole_seconds(base::Timestamp time) {
  return std::chrono::floor<seconds>(time).time_since_epoch();
}

std::optional<seconds> time_left(const domain::Image& image, base::Timestamp now) {
  if (!image.expires_at) return std::nullopt;
  return std::max(seconds(0), std::chrono::floor<seconds>(*image.expires_at - now));
}

}  // namespace

std::optional<DeliveryService::Address> DeliveryService::parse(std::string_view project,
                                                               std::string_view file) {
  const auto dot = file.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto project_id = domain::ProjectId::parse(project);
  const auto image_id = domain::ImageId::parse(file.substr(0, dot));
  const auto format = domain::format_of_extension(file.substr(dot + 1));
  if (!project_id || !image_id || !format) return std::nullopt;
  return Address{*project_id, *image_id, *format};
}

base::task<Result<RecordCache::Record>> DeliveryService::find_record(
    Address address, domain::Visibility visibility) {
  auto image = co_await use_.records.find(address.project, address.image);
  if (!image || image->format != address.format || image->visibility != visibility) {
    co_return not_found();
  }
  if (domain::is_gone(*image, use_.clock.now())) co_return gone(*image);
  co_return std::move(image);
}

base::task<Result<DeliveryService::Found>> DeliveryService::find(std::string_view project,
                                                                 std::string_view file) {
  const auto address = parse(project, file);
  if (!address) co_return not_found();
  const auto changes = use_.records.changes();
  auto image = co_await find_record(*address, domain::Visibility::Public);
  if (!image) co_return std::unexpected(std::move(image.error()));
  const auto left = time_left(**image, use_.clock.now());
  co_return Found{.image = *std::move(image), .lifetime = left, .changes = changes};
}

base::task<Result<DeliveryService::Found>> DeliveryService::find_private(
    std::string_view project, std::string_view file, std::optional<Signature> signature) {
  const auto address = parse(project, file);
  if (!address) co_return not_found();
  bool genuine = false;
  if (signature) {
    LinkClaim claim{.project = address->project,
                    .image = address->image,
                    .expires = signature->expires,
                    .token = signature->token};
    genuine = co_await use_.links.verify(std::move(claim));
  }
  if (!genuine) {
    co_return domain::fail(
        {.code = ErrorCode::InvalidSignature,
         .message = "This link to a private image is not signed by this server: use it exactly as "
                    "it was made, or make a new one."});
  }
  const seconds link_end(signature->expires);
  if (whole_seconds(use_.clock.now()) >= link_end) {
    co_return domain::fail(
        {.code = ErrorCode::LinkExpired, .message = "This link is over: ask for a new one."});
  }

  auto image = co_await find_record(*address, domain::Visibility::Private);
  if (!image) co_return std::unexpected(std::move(image.error()));
  const auto now = use_.clock.now();
  const seconds left = std::max(seconds(0), link_end - whole_seconds(now));
  const auto lifetime = std::min(left, time_left(**image, now).value_or(left));
  co_return Found{.image = *std::move(image), .lifetime = lifetime};
}

base::task<Result<DeliveryService::Body>> DeliveryService::open(RecordCache::Record image,
                                                                std::uint64_t offset,
                                                                std::uint64_t length) {
  Bandwidth::Meter meter;
  if (image->environment == domain::Environment::Live) {
    meter = use_.bandwidth.meter(image->project);
    auto excess = co_await use_.bandwidth.find_excess(meter);
    if (excess) co_return domain::fail(*std::move(excess));
  }
  auto bytes = co_await use_.blobs.open(image->blob, offset, length);
  if (bytes) co_return Body{.bytes = *std::move(bytes), .meter = std::move(meter)};
  auto late = co_await open_elsewhere(std::move(image), offset, length);
  if (!late) co_return std::unexpected(std::move(late.error()));
  co_return Body{.bytes = *std::move(late), .meter = std::move(meter)};
}

std::optional<DeliveryService::Warrant> DeliveryService::warrant(const Found& found,
                                                                 const Body& body,
                                                                 std::uint64_t offset) const {
  const auto* region = std::get_if<base::FileRegion>(&body.bytes);
  const auto& image = *found.image;
  const bool for_anybody = image.visibility == domain::Visibility::Public && !image.expires_at;
  if (region == nullptr || !for_anybody) return std::nullopt;
  return Warrant{.image = found.image,
                 .meter = body.meter,
                 .file = region->file,
                 .begin = region->offset - offset,
                 .changes = found.changes,
                 .end = use_.clock.now() + kWarranted};
}

std::optional<base::FileRegion> DeliveryService::open_again(const Warrant& warrant) const {
  if (warrant.changes != use_.records.changes()) return std::nullopt;
  const auto now = use_.clock.now();
  const bool in_time = now < warrant.end && now >= warrant.end - kWarranted;
  if (!in_time) return std::nullopt;
  if (warrant.meter && !Bandwidth::is_known_to_allow(*warrant.meter, now)) return std::nullopt;
  auto file = warrant.file.lock();
  if (!file) return std::nullopt;
  return base::FileRegion{
      .file = std::move(file), .offset = warrant.begin, .length = warrant.image->size};
}

/// The bytes are not where the record says: the image has gone, or it has moved, or they are lost.
base::task<Result<ports::BlobBody>> DeliveryService::open_elsewhere(RecordCache::Record image,
                                                                    std::uint64_t offset,
                                                                    std::uint64_t length) {
  use_.records.forget(image->project, image->id);
  const auto record = co_await use_.records.find(image->project, image->id);
  if (!record) co_return not_found();
  if (domain::is_gone(*record, use_.clock.now())) co_return gone(*record);
  if (record->place != image->place) {
    auto bytes = co_await use_.blobs.open(record->blob, offset, length);
    if (bytes) co_return *std::move(bytes);
  }
  spdlog::error("the bytes of {} are missing from the blob store", record->blob.key);
  throw base::Unavailable(base::Unavailable::Kind::Fail, "the bytes of an image are missing");
}

}  // namespace pixelvault::services
