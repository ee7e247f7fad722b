// `pixelvault blobs export`.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>

#include "app/commands/blobs.hpp"
#include "app/commands/lost_blobs.hpp"
#include "app/progress_bar.hpp"
#include "app/run_blocking.hpp"
#include "services/image_pages.hpp"

namespace pixelvault::app {

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

/// `{project}/{folder}/{image}.{ext}`: names that clients gave stand in the index, and never become
/// paths.
fs::path path_of(const domain::Image& image) {
  return fs::path(image.project.to_string()) / image.folder /
         fs::path(domain::image_path(image)).filename();
}

std::string index_line(const domain::Image& image) {
  const json::object object{{"path", path_of(image).string()},
                            {"id", image.id.to_string()},
                            {"filename", image.filename},
                            {"folder", image.folder},
                            {"size", image.size},
                            {"sha256", base::to_hex(image.sha256)},
                            {"created_at", base::to_rfc3339(image.created_at)}};
  return json::serialize(object) + '\n';
}

/// What is the matter with its bytes; empty when all of them were written.
base::task<std::string> write_bytes(ports::BlobStore& blobs, domain::Image image, fs::path to) {
  auto blob = ports::blob_of(image);
  const auto source = co_await blobs.read(std::move(blob), image.size);
  if (!source) co_return "it is not there";
  std::ofstream file(to, std::ios::binary | std::ios::trunc);
  base::Sha256Stream hash;
  for (;;) {
    const auto bytes = co_await source->read();
    if (!bytes) co_return "its bytes end early";
    if (bytes->empty()) break;
    hash.update(*bytes);
    file << base::as_text(*bytes);
  }
  file.close();
  if (!file) throw std::runtime_error("'" + to.string() + "' cannot be written");
  co_return hash.finish() == image.sha256 ? "" : "its SHA-256 is not the row's";
}

bool is_there(const fs::path& file, std::uint64_t size) {
  std::error_code missing;
  return fs::file_size(file, missing) == size && !missing;
}

class Export {
 public:
  Export(ports::BlobStore& blobs, fs::path folder) : blobs_(blobs), folder_(std::move(folder)) {}

  void add(const domain::Image& image) {
    const auto file = folder_ / path_of(image);
    ++images_;
    if (is_there(file, image.size)) return;
    fs::create_directories(file.parent_path());
    const fs::path part = file.string() + ".part";
    auto fault = run_blocking(write_bytes(blobs_, image, part));
    if (fault.empty()) {
      fs::rename(part, file);
      ++written_;
    } else {
      std::error_code ignored;
      fs::remove(part, ignored);
      lost_.add({.key = domain::image_path(image), .detail = std::move(fault)});
    }
  }

  int tell() const {
    fmt::print("{} images, {} written now, in {}; index.jsonl has their names.\n", images_,
               written_, folder_.string());
    return tell_lost(lost_, "could not be written; pixelvault scrub says what is wrong");
  }

 private:
  ports::BlobStore& blobs_;
  const fs::path folder_;
  std::uint64_t images_ = 0;
  std::uint64_t written_ = 0;
  services::LostBlobs lost_;
};

}  // namespace

int export_blobs(Workbench& bench, const BlobsRequest& request) {
  const auto project = project_of(request);
  const fs::path folder = request.folder;
  fs::create_directories(folder);
  std::ofstream index(folder / "index.jsonl", std::ios::trunc);
  Export work(bench.blobs, folder);
  ProgressBar bar;
  services::Progress told{.step = "images", .total = run_blocking(bench.catalog.totals()).images};
  services::LivingImages images(bench.catalog);
  while (const auto image = run_blocking(images.next())) {
    bar.show(told);
    ++told.done;
    if (project && image->project != *project) continue;
    work.add(*image);
    index << index_line(*image);
  }
  bar.clear();
  if (!index.flush()) throw std::runtime_error("the index cannot be written");
  return work.tell();
}

}  // namespace pixelvault::app
