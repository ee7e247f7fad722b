// The way through the images of an export, page by page: those that its project had when it was
// asked for and that are still there. Used by the worker that counts them and by the archive that
// sends them. Belongs to one coroutine.
#pragma once

#include <cstdint>
#include <vector>

#include "base/task.hpp"
#include "domain/export.hpp"
#include "ports/clock.hpp"
#include "ports/image_store.hpp"

namespace pixelvault::services {

class ExportWalk {
 public:
  ExportWalk(ports::ImageStore& images, ports::Clock& clock, const domain::Export& job,
             std::uint32_t page);

  /// The next images, newest first; empty at the end, and again on every call after it.
  base::task<std::vector<domain::Image>> next();
  /// Whether `next` has given the last image.
  bool ended() const { return ended_; }

 private:
  ports::ImageStore& images_;
  ports::Clock& clock_;
  ports::ImageQuery query_;
  bool ended_ = false;
};

}  // namespace pixelvault::services
