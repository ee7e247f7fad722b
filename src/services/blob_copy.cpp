#include "services/blob_copy.hpp"

#include "base/unavailable.hpp"

namespace pixelvault::services {

using Kind = BlobCopy::Kind;

namespace {

BlobCopy damaged(std::string detail) {
  return {.kind = Kind::Damaged, .detail = std::move(detail)};
}

/// The source of the bytes with its failures folded into Damaged.
class Reading {
 public:
  explicit Reading(BlobCopy& outcome) : outcome_(outcome) {}

  base::task<bool> open(ports::BlobStore& from, const domain::Image& image) {
    try {
      auto blob = ports::blob_of(image);
      source_ = co_await from.read(std::move(blob), image.size);
      if (!source_) outcome_.kind = Kind::Missing;
    } catch (const base::Unavailable& error) {
      fold(error);
    }
    co_return source_ != nullptr;
  }

  /// Empty at the end, and when nothing more can be read.
  base::task<base::ByteView> next() {
    try {
      const auto bytes = co_await source_->read();
      if (bytes) co_return *bytes;
      outcome_ = damaged("its bytes end early");
    } catch (const base::Unavailable& error) {
      fold(error);
    }
    co_return base::ByteView{};
  }

 private:
  void fold(const base::Unavailable& error) {
    if (error.kind() == base::Unavailable::Kind::Retry) throw error;
    outcome_ = damaged(error.what());
  }

  BlobCopy& outcome_;
  std::unique_ptr<base::ByteSource> source_;
};

}  // namespace

base::task<BlobCopy> copy_blob(ports::BlobStore& from, domain::Image image, ports::BlobStore& to) {
  BlobCopy outcome;
  Reading source(outcome);
  const bool there = co_await source.open(from, image);
  if (!there) co_return outcome;
  const auto writer = co_await to.create();
  base::Sha256Stream hash;
  for (;;) {
    const auto bytes = co_await source.next();
    if (bytes.empty()) break;
    hash.update(bytes);
    co_await writer->write(bytes);
  }
  if (outcome.kind != Kind::Done) co_return outcome;
  if (hash.finish() != image.sha256) co_return damaged("its SHA-256 is not the row's");
  auto key = domain::image_path(image);
  outcome.place = co_await writer->commit(std::move(key));
  co_return outcome;
}

}  // namespace pixelvault::services
