// `pixelvault backup`.
#include <fmt/format.h>

#include <memory>
#include <string>

#include "adapters/filesystem/durable_file.hpp"
#include "adapters/sql/snapshot.hpp"
#include "app/backup_folder.hpp"
#include "app/commands/lost_blobs.hpp"
#include "app/commands/operations.hpp"
#include "app/commands/setting_flags.hpp"
#include "app/process.hpp"
#include "app/progress_bar.hpp"
#include "app/run_blocking.hpp"
#include "app/workbench.hpp"
#include "services/backup.hpp"

namespace pixelvault::app {

namespace files = adapters::filesystem;

namespace {

constexpr const char* kFooter = R"(
The server may run meanwhile: the database is copied as it is at one moment, then every picture that it names.
Run it again into the same folder and only new pictures are copied.
  pixelvault backup --data data /mnt/backup             make or renew the backup
  pixelvault backup --verify /mnt/backup                read it all and compare every SHA-256
  pixelvault restore --data new-folder /mnt/backup      bring it back
Exit code: 0 the backup is whole, 1 something is missing from it, 2 a wrong command line.
See docs/operations.md.)";

struct Request {
  Flags flags;
  std::string folder;
  bool deep = false;
  bool prune = false;
  bool verify = false;
};

/// The records of a snapshot, which nobody changes.
struct Snapshot {
  explicit Snapshot(const std::filesystem::path& file)
      : database({.file = file, .readers = 1, .read_only = true}) {}

  adapters::sql::Database database;
  adapters::sql::SqlImageCatalog catalog{database};
};

adapters::filesystem::FilesystemBlobStore::Options copies_in(const BackupFolder& folder) {
  return {.root = folder.blobs(), .threads = 4};
}

/// A name that sorts by time and tells it.
std::string database_name(base::Timestamp now) {
  return fmt::format("pixelvault-{}.db", base::to_unix_millis(now));
}

services::BackupReport copy_blobs(Workbench& bench, const BackupFolder& folder,
                                  const std::filesystem::path& database, const Request& request) {
  Snapshot snapshot(database);
  files::FilesystemBlobStore copies(copies_in(folder));
  ProgressBar bar;
  services::Backup work({snapshot.catalog, bench.catalog, bench.blobs, copies, copies},
                        {.depth = request.deep ? services::Depth::Bytes : services::Depth::Size,
                         .prune = request.prune},
                        bar.sink());
  return run_blocking(work.run());
}

int back_up(const Config& config, const Request& request) {
  require_database(config);
  prepare_process();
  auto folder = BackupFolder::open(request.folder);
  Workbench bench(config);
  BackupManifest manifest{.version = PIXELVAULT_VERSION, .created_at = bench.clock.now()};
  manifest.database = database_name(manifest.created_at);
  const auto database = folder.file(manifest.database);
  const auto unfinished = folder.file(manifest.database + ".part");
  adapters::sql::write_snapshot(config.data / "pixelvault.db", unfinished);
  files::publish_file(unfinished, database);
  manifest.database_sha256 = files::hash_file(database);

  auto report = copy_blobs(bench, folder, database, request);
  manifest.images = report.images;
  manifest.bytes = report.bytes;
  manifest.gone = std::move(report.gone);
  folder.publish(manifest);
  fmt::print("{} images of {} bytes, {} copied now, {} deleted meanwhile, {} old ones removed.\n",
             report.images, report.bytes, report.copied, manifest.gone.size(), report.pruned);
  return tell_lost(report.lost, "could not be copied; pixelvault scrub says what is wrong");
}

int verify(const Request& request) {
  const auto folder = BackupFolder::find(request.folder);
  const auto manifest = folder.manifest().value_or(BackupManifest{});
  const auto database = folder.file(manifest.database);
  if (files::hash_file(database) != manifest.database_sha256) {
    fmt::print(stderr, "The database {} is not the one of the manifest: make a new backup.\n",
               database.string());
    return 1;
  }
  Snapshot snapshot(database);
  files::FilesystemBlobStore copies(copies_in(folder));
  ProgressBar bar;
  const auto report =
      run_blocking(services::check_backup(snapshot.catalog, copies, manifest.gone, bar.sink()));
  bar.clear();
  fmt::print("Of {}: {} images of {} bytes, {} of them deleted before they were copied.\n",
             base::to_rfc3339(manifest.created_at), report.images, report.bytes,
             report.gone.size());
  return tell_lost(report.lost, "are not whole; run the backup again, with --deep");
}

}  // namespace

void add_backup(CLI::App& program, Job& job) {
  auto request = std::make_shared<Request>();
  auto* command = program.add_subcommand("backup", "Copy records and pictures into a folder");
  add_store_flags(*command, request->flags);
  command->add_option("FOLDER", request->folder, "Where the backup is, or will be")->required();
  command->add_flag("--deep", request->deep, "Also hash what was copied before, and mend it");
  command->add_flag("--prune", request->prune, "Remove pictures that were deleted since");
  command->add_flag("--verify", request->verify, "Make no backup, check the one that is there");
  command->footer(kFooter);
  command->callback([command, request, &job] {
    job = [command, request] {
      if (request->verify) return verify(*request);
      return back_up(config_of(*command, request->flags), *request);
    };
  });
}

}  // namespace pixelvault::app
