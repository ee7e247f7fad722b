#include "services/staging.hpp"

#include <utility>

#include "domain/filename.hpp"

namespace pixelvault::services {

using domain::Result;

base::task<Result<StagedFile>> Staging::receive(FileSource& source, std::string sent_filename,
                                                std::uint64_t max_bytes) {
  Intake intake(max_bytes, limits_);
  std::unique_ptr<ports::BlobWriter> blob;
  for (;;) {
    const auto chunk = co_await source.read();
    if (!chunk) co_return std::unexpected(chunk.error());
    const auto bytes = chunk->empty() ? intake.rest() : intake.take(*chunk);
    if (!bytes) co_return std::unexpected(bytes.error());
    if (!bytes->empty()) {
      // Only now is the type known: nothing of a refused file reaches the store.
      if (!blob) blob = co_await blobs_.create();
      co_await blob->write(*bytes);
    }
    if (chunk->empty()) break;
  }
  const auto summary = intake.finish();
  if (!summary) co_return std::unexpected(summary.error());
  co_return StagedFile{.blob = std::move(blob),
                       .summary = *summary,
                       .filename = domain::clean_filename(sent_filename)};
}

}  // namespace pixelvault::services
