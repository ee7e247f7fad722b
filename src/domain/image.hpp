// An image as the product knows it: where it belongs, what its bytes are, what the client said of
// it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/digest.hpp"
#include "base/time.hpp"
#include "domain/blob_place.hpp"
#include "domain/format.hpp"
#include "domain/ids.hpp"

namespace pixelvault::domain {

/// Live and test keys see and make images of their own environment only.
enum class Environment { Live, Test };

/// `live` or `test`.
std::string_view environment_name(Environment environment);

/// A private image is delivered only under a signed link (contract §5).
enum class Visibility { Public, Private };

/// What the container of a picture says about it, read without decoding a pixel.
struct ImageFacts {
  std::uint32_t width = 0;   ///< pixels, as stored (before any Exif orientation)
  std::uint32_t height = 0;  ///< pixels
  std::uint32_t frames = 1;
};

struct Image {
  ImageId id;
  ProjectId project;
  Environment environment = Environment::Live;
  Format format = Format::Jpeg;
  std::uint64_t size = 0;  ///< stored bytes
  ImageFacts facts;
  base::Sha256 sha256{};  ///< of the stored bytes
  std::string filename;
  std::string folder;           ///< empty, or `a/b` without slashes at the ends
  std::string metadata = "{}";  ///< a JSON object of strings, in its shortest form
  base::Timestamp created_at;
  Visibility visibility = Visibility::Public;
  std::optional<base::Timestamp> expires_at = {};  ///< from that second on it is gone
  std::optional<base::Timestamp> deleted_at = {};  ///< a tombstone: delivery says 410 from here on
  std::optional<BlobPlace> place = {};  ///< of the bytes, where their key alone does not say it
};

/// Whether nobody gets the image any more at `now`, by deletion or by its own expiry.
bool is_gone(const Image& image, base::Timestamp now);

/// `{project}/{image}.{ext}`, and `{project}/cp/i/{image}.{ext}` of a private image: the path of a
/// delivery URL and the key of the blob are the same, so that an object store can be served by a
/// CDN without asking us, all but what lies below `cp/`.
std::string image_path(const Image& image);

/// The image whose path it may be; nothing when the text is nobody's path.
std::optional<ImageId> image_of_path(std::string_view path);

}  // namespace pixelvault::domain
