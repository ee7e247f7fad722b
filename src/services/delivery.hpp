// Giving an image out under its URL (contract §5): a public one to anybody, a private one to
// whoever has a signed link. Asks nobody who they are. Any thread may call.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/task.hpp"
#include "base/time.hpp"
#include "base/unique_fd.hpp"
#include "domain/error.hpp"
#include "domain/image.hpp"
#include "ports/blob_store.hpp"
#include "ports/clock.hpp"
#include "services/bandwidth.hpp"
#include "services/links.hpp"
#include "services/record_cache.hpp"

namespace pixelvault::services {

class DeliveryService {
 public:
  struct Dependencies {
    RecordCache& records;
    ports::BlobStore& blobs;
    ports::Clock& clock;
    Links& links;
    Bandwidth& bandwidth;
  };

  struct Found {
    RecordCache::Record image;  ///< never null
    /// How long it can be had under this URL; without it, for as long as it is not deleted.
    std::optional<std::chrono::seconds> lifetime;
    std::uint64_t changes = 0;  ///< of `RecordCache`, before it was asked
  };

  /// What was learned of an image that anybody may have, to send it again soon without asking
  /// anything. Holds no file open.
  struct Warrant {
    RecordCache::Record image;
    Bandwidth::Meter meter;  ///< as `Body::meter`
    std::weak_ptr<const base::UniqueFd> file;
    std::uint64_t begin = 0;  ///< of the image in the file
    std::uint64_t changes = 0;
    base::Timestamp end;
  };
  /// How long a warrant holds. With the age of the record at its beginning that is how late this
  /// process sees what another one has changed.
  static constexpr std::chrono::seconds kWarranted{1};

  /// Bytes on their way out.
  struct Body {
    ports::BlobBody bytes;
    /// To be told how many of them went out; null for test images, which are not counted.
    Bandwidth::Meter meter;
  };

  /// What a signed link says in its query.
  struct Signature {
    std::string token;
    std::int64_t expires = 0;  ///< Unix seconds
  };

  explicit DeliveryService(Dependencies dependencies) : use_(dependencies) {}

  /// The public image of `/{project}/{file}`, where file is `{image}.{ext}` with the canonical
  /// extension. ImageNotFound; ImageDeleted or ImageExpired when it was there once.
  base::task<domain::Result<Found>> find(std::string_view project, std::string_view file);

  /// The private image of `/{project}/cp/i/{file}`. InvalidSignature unless the link is ours as it
  /// is; LinkExpired when its time is over; then as `find`. Nobody learns without a link of ours
  /// whether there is such an image.
  base::task<domain::Result<Found>> find_private(std::string_view project, std::string_view file,
                                                 std::optional<Signature> signature);

  /// Bytes `offset .. offset + length` of an image that was found. BandwidthQuotaExceeded when its
  /// account may send no more this month; ImageDeleted or ImageExpired when it went meanwhile.
  base::task<domain::Result<Body>> open(RecordCache::Record image, std::uint64_t offset,
                                        std::uint64_t length);

  /// For a public image without an end that `open` has just opened, from `offset` on, in a file.
  std::optional<Warrant> warrant(const Found& found, const Body& body, std::uint64_t offset) const;
  /// The whole image, if nothing has changed since; never waits. Nothing: `find` it again.
  std::optional<base::FileRegion> open_again(const Warrant& warrant) const;

 private:
  struct Address;

  static std::optional<Address> parse(std::string_view project, std::string_view file);
  base::task<domain::Result<RecordCache::Record>> find_record(Address address,
                                                              domain::Visibility visibility);
  base::task<domain::Result<ports::BlobBody>> open_elsewhere(RecordCache::Record image,
                                                             std::uint64_t offset,
                                                             std::uint64_t length);

  Dependencies use_;
};

}  // namespace pixelvault::services
