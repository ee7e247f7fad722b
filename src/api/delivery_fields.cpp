#include "api/delivery_fields.hpp"

#include <string_view>
#include <utility>

#include "base/encoding.hpp"
#include "http/content_disposition.hpp"
#include "http/http_date.hpp"

namespace pixelvault::api {

namespace {

/// A picture of the SVG kind is a document: it may style and embed itself, and nothing else.
constexpr std::string_view kSvgPolicy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

/// What images without an end get.
constexpr std::string_view kImmutable = "public, max-age=31536000, immutable";

void add(std::string& lines, std::string_view name, std::string_view value) {
  lines.append(name).append(": ").append(value).append("\r\n");
}

bool has_end(const domain::Image& image) {
  return image.expires_at || image.visibility == domain::Visibility::Private;
}

std::string write_lines(const domain::Image& image, const http::Validators& validators) {
  const auto image_id = image.id.to_string();
  const auto project_id = image.project.to_string();
  std::string lines;
  add(lines, "Content-Type", domain::media_type(image.format));
  add(lines, "X-Content-Type-Options", "nosniff");
  add(lines, "Content-Disposition", http::inline_disposition(image.filename));
  if (!has_end(image)) add(lines, "Cache-Control", kImmutable);
  add(lines, "ETag", validators.etag);
  add(lines, "Last-Modified", http::format_http_date(validators.last_modified));
  add(lines, "Accept-Ranges", "bytes");
  add(lines, "Access-Control-Allow-Origin", "*");
  add(lines, "Cross-Origin-Resource-Policy", "cross-origin");
  add(lines, "Surrogate-Key", image_id + " " + project_id);
  add(lines, "Cache-Tag", image_id + "," + project_id);
  if (image.format == domain::Format::Svg) add(lines, "Content-Security-Policy", kSvgPolicy);
  return lines;
}

DeliveryFields::Shared write(const services::RecordCache::Record& image) {
  auto fields = std::make_shared<DeliveryFields::Fields>();
  fields->image = image;
  fields->etag = '"' + base::to_hex(image->sha256) + '"';
  fields->last_modified = std::chrono::floor<std::chrono::seconds>(image->created_at);
  fields->lines = write_lines(*image, fields->validators());
  return fields;
}

}  // namespace

DeliveryFields::Shared DeliveryFields::of(const services::RecordCache::Record& image) {
  if (auto kept = cache_.find(image->id); kept && (*kept)->image == image) return *std::move(kept);
  auto written = write(image);
  cache_.put(image->id, written);
  return written;
}

}  // namespace pixelvault::api
