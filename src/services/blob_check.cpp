#include "services/blob_check.hpp"

#include "base/unavailable.hpp"

namespace pixelvault::services {

using Kind = BlobState::Kind;

namespace {

base::task<BlobState> look(ports::BlobStore& blobs, const domain::Image& image) {
  auto blob = ports::blob_of(image);
  const auto body = co_await blobs.open(std::move(blob), /*offset=*/0, image.size);
  co_return BlobState{.kind = body ? Kind::Good : Kind::Missing};
}

base::task<BlobState> read_through(ports::BlobStore& blobs, const domain::Image& image) {
  auto blob = ports::blob_of(image);
  const auto source = co_await blobs.read(std::move(blob), image.size);
  if (!source) co_return BlobState{.kind = Kind::Missing};
  base::Sha256Stream hash;
  for (;;) {
    const auto bytes = co_await source->read();
    if (!bytes) co_return BlobState{.kind = Kind::Damaged, .detail = "its bytes end early"};
    if (bytes->empty()) break;
    hash.update(*bytes);
  }
  if (hash.finish() == image.sha256) co_return BlobState{};
  co_return BlobState{.kind = Kind::Damaged, .detail = "its SHA-256 is not the row's"};
}

}  // namespace

base::task<BlobState> check_blob(ports::BlobStore& blobs, domain::Image image, Depth depth) {
  try {
    if (depth == Depth::Bytes) co_return co_await read_through(blobs, image);
    co_return co_await look(blobs, image);
  } catch (const base::Unavailable& error) {
    if (error.kind() == base::Unavailable::Kind::Retry) throw;
    co_return BlobState{.kind = Kind::Damaged, .detail = error.what()};
  }
}

}  // namespace pixelvault::services
