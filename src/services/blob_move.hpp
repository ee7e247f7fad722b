// Moves the bytes of images from one kind of local store to the other while a server serves them:
// copy, durable, then the row; the old blob goes some minutes later, when no server remembers its
// place. A crash at any point leaves every picture served. Used by the operator's command, one at a
// time. Belongs to one coroutine.
#pragma once

#include <chrono>
#include <cstdint>

#include "base/task.hpp"
#include "ports/blob_store.hpp"
#include "ports/clock.hpp"
#include "ports/image_catalog.hpp"
#include "services/backup.hpp"
#include "services/progress.hpp"

namespace pixelvault::services {

enum class MoveTo {
  Folder,    ///< where the key alone finds a blob
  Segments,  ///< where blobs have places
};

struct MoveOptions {
  MoveTo to = MoveTo::Segments;
  std::chrono::milliseconds keep_old = std::chrono::minutes(15);
  std::uint64_t bytes_per_second = 0;  ///< 0: as fast as it goes
};

struct MoveReport {
  std::uint64_t moved = 0;
  std::uint64_t bytes = 0;    ///< of these
  std::uint64_t there = 0;    ///< that were there already
  std::uint64_t waiting = 0;  ///< whose former blob there must be removed first: come back later
  LostBlobs lost = {};
};

class BlobMove {
 public:
  struct Dependencies {
    ports::ImageCatalog& catalog;
    ports::BlobStore& blobs;   ///< reads from either store
    ports::BlobStore& target;  ///< of the kind that `to` says
    ports::Clock& clock;
  };

  BlobMove(Dependencies dependencies, MoveOptions options, ProgressSink progress)
      : use_(dependencies), options_(options), progress_(std::move(progress)) {}

  /// Called once; a later run goes on where this one was ended. Throws `base::Unavailable` when a
  /// store fails.
  base::task<MoveReport> run();

 private:
  bool is_there(const domain::Image& image) const;
  base::task<void> move(domain::Image image);
  base::task<bool> reuse(domain::Image there);
  base::task<void> commit(domain::Image image, std::optional<domain::BlobPlace> place);
  base::task<void> drop(domain::Image there);
  base::task<void> slow_down(std::uint64_t bytes) const;

  Dependencies use_;
  MoveOptions options_;
  ProgressSink progress_;
  MoveReport report_;
};

}  // namespace pixelvault::services
