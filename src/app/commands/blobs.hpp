// `pixelvault blobs`: what its commands are asked for, and a function for each. They print their
// outcome and give the exit code.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/commands/setting_flags.hpp"
#include "app/workbench.hpp"

namespace pixelvault::app {

struct BlobsRequest {
  Flags flags;
  std::string project;  ///< empty: all
  bool json = false;    ///< `ls`
  std::string blob;     ///< `cat`: an image's id or key
  std::string folder;   ///< `export`: where to
  std::string to;       ///< `move`: `segments` or `folder`
  std::string rate;     ///< `move`: bytes a second, as `parse_size` reads them; empty: no limit
};

int list_blobs(Workbench& bench, const BlobsRequest& request);
int print_blob(Workbench& bench, const BlobsRequest& request);
int export_blobs(Workbench& bench, const BlobsRequest& request);
int move_blobs(Workbench& bench, const Config& config, const BlobsRequest& request);

/// Nothing for all projects. Throws ConfigError when it is no project's id.
std::optional<domain::ProjectId> project_of(const BlobsRequest& request);

}  // namespace pixelvault::app
