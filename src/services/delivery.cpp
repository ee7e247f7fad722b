#include "services/delivery.hpp"

#include <optional>
#include <utility>

#include "base/log.hpp"
#include "base/unavailable.hpp"

namespace pixelvault::services {
namespace {

struct Address {
  domain::ProjectId project;
  domain::ImageId image;
  domain::Format format;
};

std::optional<Address> parse_address(std::string_view project, std::string_view file) {
  const auto dot = file.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto project_id = domain::ProjectId::parse(project);
  const auto image_id = domain::ImageId::parse(file.substr(0, dot));
  const auto format = domain::format_of_extension(file.substr(dot + 1));
  if (!project_id || !image_id || !format) return std::nullopt;
  return Address{*project_id, *image_id, *format};
}

std::unexpected<domain::Error> not_found() {
  return domain::fail(
      {.code = domain::ErrorCode::ImageNotFound,
       .message = "There is no image at this URL: check that it was copied whole."});
}

std::unexpected<domain::Error> deleted() {
  return domain::fail(
      {.code = domain::ErrorCode::ImageDeleted, .message = "This image was deleted."});
}

}  // namespace

base::task<domain::Result<domain::Image>> DeliveryService::find(std::string_view project,
                                                                std::string_view file) {
  const auto address = parse_address(project, file);
  if (!address) co_return not_found();
  auto image = co_await images_.find(address->project, address->image);
  if (!image || image->format != address->format) co_return not_found();
  if (image->deleted_at) co_return deleted();
  co_return *std::move(image);
}

base::task<domain::Result<ports::BlobBody>> DeliveryService::open(const domain::Image& image,
                                                                  std::uint64_t offset,
                                                                  std::uint64_t length) {
  auto body = co_await blobs_.open(domain::image_path(image), offset, length);
  if (body) co_return *std::move(body);
  const auto now = co_await images_.find(image.project, image.id);
  if (!now || now->deleted_at) co_return deleted();
  spdlog::error("the bytes of {} are missing from the blob store", domain::image_path(image));
  throw base::Unavailable(base::Unavailable::Kind::Fail, "the bytes of an image are missing");
}

}  // namespace pixelvault::services
