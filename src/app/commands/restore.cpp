// `pixelvault restore`.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>

#include "adapters/filesystem/blob_folders.hpp"
#include "adapters/filesystem/durable_file.hpp"
#include "adapters/posix/durable_directory.hpp"
#include "app/backup_folder.hpp"
#include "app/commands/lost_blobs.hpp"
#include "app/commands/operations.hpp"
#include "app/commands/setting_flags.hpp"
#include "app/data_folder.hpp"
#include "app/process.hpp"
#include "app/progress_bar.hpp"
#include "app/run_blocking.hpp"
#include "app/workbench.hpp"
#include "services/restore.hpp"

namespace pixelvault::app {

namespace files = adapters::filesystem;
namespace fs = std::filesystem;

namespace {

constexpr const char* kFooter = R"(
Brings a backup back into a new data folder; every picture is hashed on its way.
  pixelvault restore --data new-folder /mnt/backup
  pixelvault serve --data new-folder
A restore that was cut short leaves a folder that no server starts on: run the same command again.
Exit code: 0 all is back, 1 pictures are missing or it failed, 2 a wrong command line.
See docs/operations.md.)";

struct Request {
  Flags flags;
  std::string folder;
};

/// A folder that is new, empty, or half a restore, whose parts are removed.
void prepare_folder(const fs::path& data) {
  adapters::posix::make_durable_directory(data);
  const auto marker = data / kRestoreMarker;
  if (!fs::exists(marker) && !fs::is_empty(data)) {
    throw ConfigError("The setting data is wrong: the folder '" + data.string() +
                      "' is not empty; restore into a new one.");
  }
  files::write_file(marker, "pixelvault restore fills this folder\n");
  for (const auto& entry : fs::directory_iterator(data)) {
    if (entry.path() != marker) fs::remove_all(entry.path());
  }
}

void restore_database(const BackupFolder& backup, const BackupManifest& manifest,
                      const fs::path& data) {
  const auto digest = files::copy_file(backup.file(manifest.database), data / "pixelvault.db");
  if (digest == manifest.database_sha256) return;
  throw std::runtime_error(
      "the database of the backup is damaged; manifest.1.json names the one "
      "before it");
}

services::RestoreReport restore_blobs(const Config& config, const BackupFolder& backup,
                                      const BackupManifest& manifest) {
  Workbench bench(config);
  files::FilesystemBlobStore copies({.root = backup.blobs(), .threads = 4});
  ProgressBar bar;
  services::Restore work({bench.catalog, bench.records.images, copies, bench.blobs, bench.clock},
                         manifest.gone, bar.sink());
  return run_blocking(work.run());
}

int restore(const Config& config, const Request& request) {
  prepare_process();
  const auto backup = BackupFolder::find(request.folder);
  const auto manifest = backup.manifest().value_or(BackupManifest{});
  prepare_folder(config.data);
  restore_database(backup, manifest, config.data);
  const auto report = restore_blobs(config, backup, manifest);
  files::remove_file(config.data / kRestoreMarker);
  fmt::print("{} images of {} bytes are back, as of {}; {} had been deleted.\n", report.images,
             report.bytes, base::to_rfc3339(manifest.created_at), report.gone);
  return tell_lost(report.lost, "are not whole in the backup; the server can start without them");
}

}  // namespace

void add_restore(CLI::App& program, Job& job) {
  auto request = std::make_shared<Request>();
  auto* command = program.add_subcommand("restore", "Bring a backup back into a new data folder");
  add_store_flags(*command, request->flags);
  command->add_option("FOLDER", request->folder, "The folder of the backup")->required();
  command->footer(kFooter);
  command->callback([command, request, &job] {
    job = [command, request] { return restore(config_of(*command, request->flags), *request); };
  });
}

}  // namespace pixelvault::app
