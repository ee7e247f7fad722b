#include "app/backup_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <boost/json.hpp>
#include <stdexcept>
#include <utility>

#include "adapters/filesystem/blob_folders.hpp"
#include "adapters/filesystem/durable_file.hpp"
#include "adapters/posix/durable_directory.hpp"
#include "app/config.hpp"
#include "base/encoding.hpp"

namespace pixelvault::app {

namespace fs = std::filesystem;
namespace files = adapters::filesystem;
namespace json = boost::json;

namespace {

constexpr std::int64_t kFormat = 1;  // of the manifest
constexpr const char* kManifest = "manifest.json";
constexpr const char* kBefore = "manifest.1.json";

base::Sha256 to_digest(const std::string& hex) {
  const auto bytes = base::from_hex(hex);
  base::Sha256 digest{};
  if (!bytes || bytes->size() != digest.size()) throw std::invalid_argument("not a SHA-256");
  std::copy(bytes->begin(), bytes->end(), digest.begin());
  return digest;
}

domain::ImageId to_image(const json::value& value) {
  const auto id = domain::ImageId::parse(std::string_view(value.as_string()));
  if (!id) throw std::invalid_argument("not an image");
  return *id;
}

/// Throws when something is missing or of the wrong kind.
BackupManifest read_manifest(const json::value& value) {
  const auto text = [&](const char* name) { return json::value_to<std::string>(value.at(name)); };
  const auto number = [&](const char* name) { return value.at(name).to_number<std::uint64_t>(); };
  if (value.at("format").to_number<std::int64_t>() != kFormat) {
    throw std::invalid_argument("a format of another version");
  }
  BackupManifest manifest{
      .version = text("version"),
      .created_at = base::from_unix_millis(value.at("created_at_ms").to_number<std::int64_t>()),
      .database = text("database"),
      .database_sha256 = to_digest(text("database_sha256")),
      .images = number("images"),
      .bytes = number("bytes")};
  for (const auto& id : value.at("gone").as_array()) manifest.gone.push_back(to_image(id));
  // Its name comes from a file that anybody may have written.
  if (manifest.database.contains('/')) throw std::invalid_argument("not a name");
  return manifest;
}

bool is_database(const std::string& name) {
  return name.starts_with("pixelvault-") && name.contains(".db");
}

}  // namespace

std::string to_json(const BackupManifest& manifest) {
  json::array gone;
  for (const auto& id : manifest.gone) gone.emplace_back(id.to_string());
  const json::object object{{"format", kFormat},
                            {"version", manifest.version},
                            {"created_at", base::to_rfc3339(manifest.created_at)},
                            {"created_at_ms", base::to_unix_millis(manifest.created_at)},
                            {"database", manifest.database},
                            {"database_sha256", base::to_hex(manifest.database_sha256)},
                            {"images", manifest.images},
                            {"bytes", manifest.bytes},
                            {"gone", std::move(gone)}};
  return json::serialize(object) + '\n';
}

std::optional<BackupManifest> parse_manifest(const std::string& text) {
  try {
    return read_manifest(json::parse(text));
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

BackupFolder::BackupFolder(fs::path path) : path_(std::move(path)) {
  lock_.reset(::open((path_ / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!lock_) throw ConfigError("The folder '" + path_.string() + "' cannot be written.");
  if (::flock(lock_.get(), LOCK_EX | LOCK_NB) != 0) {
    throw ConfigError("The folder '" + path_.string() + "' is in use by another backup.");
  }
}

BackupFolder BackupFolder::open(const fs::path& path) {
  adapters::posix::make_durable_directory(path);
  return BackupFolder(path);
}

BackupFolder BackupFolder::find(const fs::path& path) {
  if (fs::exists(path / kManifest)) return BackupFolder(path);
  throw ConfigError("There is no backup in '" + path.string() + "': name the folder that has its " +
                    kManifest + ".");
}

std::optional<BackupManifest> BackupFolder::manifest() const {
  if (!fs::exists(path_ / kManifest)) return std::nullopt;
  auto manifest = parse_manifest(files::read_file(path_ / kManifest));
  if (manifest) return manifest;
  throw std::runtime_error("the manifest in '" + path_.string() + "' is damaged; " + kBefore +
                           " has the backup before it");
}

void BackupFolder::publish(const BackupManifest& manifest) {
  const auto before = this->manifest();
  if (before) files::copy_file(path_ / kManifest, path_ / kBefore);
  files::write_file(path_ / kManifest, to_json(manifest));
  remove_old_databases(manifest.database, before ? before->database : "");
}

void BackupFolder::remove_old_databases(const std::string& newest,
                                        const std::string& before) const {
  std::vector<std::string> old;
  for (const auto& entry : fs::directory_iterator(path_)) {
    const auto name = entry.path().filename().string();
    if (is_database(name) && name != newest && name != before) old.push_back(name);
  }
  for (const auto& name : old) files::remove_file(path_ / name);
}

}  // namespace pixelvault::app
