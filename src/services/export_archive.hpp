// The archive of an export as a pulled source (contract §4): a tar of the images that a project had
// at one moment and still has, each as `images/{image}.{ext}`, newest first, and `manifest.json`
// last, which says exactly what the archive holds. Nothing is prepared: pages of records and bytes
// of blobs are read as the client takes them. Made by `ExportService`; belongs to one coroutine,
// and the stores outlive it.
//
// Memory: one page of records, one piece of one blob, and the manifest, because tar wants its size
// before its bytes. That is about 500 bytes an image, and at most 6 KB for one whose folder,
// filename and metadata are as long as they may be.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_source.hpp"
#include "base/task.hpp"
#include "domain/export.hpp"
#include "domain/tar.hpp"
#include "ports/blob_store.hpp"
#include "ports/clock.hpp"
#include "ports/image_store.hpp"
#include "services/export_walk.hpp"
#include "services/text_spool.hpp"

namespace pixelvault::services {

/// Writes the manifest of one archive piece by piece. The api implements it, since services make no
/// JSON.
class ManifestWriter {
 public:
  virtual ~ManifestWriter() = default;
  virtual std::string begin(const domain::Export& job) = 0;
  /// `file` is the image's name in the archive.
  virtual std::string add(const domain::Image& image, std::string_view file) = 0;
  virtual std::string end() = 0;
};

class ExportArchive final : public base::ByteSource {
 public:
  struct Dependencies {
    ports::ImageStore& images;
    ports::BlobStore& blobs;
    ports::Clock& clock;
  };

  ExportArchive(Dependencies dependencies, domain::Export job,
                std::unique_ptr<ManifestWriter> manifest);

  /// A store that fails ends the archive with `ReadError::Ended`, and is logged; never throws for
  /// that, because the answer has long begun.
  base::task<base::ReadResult> read() override;

 private:
  enum class State { Images, File, Manifest, Ended };

  base::task<base::ByteView> advance();
  base::task<base::ByteView> begin_image();
  base::task<base::ByteView> read_file();
  base::ByteView begin_manifest();
  base::ByteView read_manifest();
  base::ByteView emit_header(const domain::TarFile& file);
  base::task<void> note_missing(domain::Image image);

  Dependencies use_;
  domain::Export job_;
  std::unique_ptr<ManifestWriter> manifest_;
  ExportWalk walk_;
  State state_ = State::Images;
  bool failed_ = false;

  std::vector<domain::Image> page_;
  std::size_t next_ = 0;  // in the page
  std::unique_ptr<base::ByteSource> file_;
  std::uint64_t file_left_ = 0;  // bytes of the file that are still to come
  std::size_t padding_ = 0;      // zeros that the file before needs
  TextSpool entries_;
  std::string buffer_;  // what the last read gave, unless it was a file's own
};

}  // namespace pixelvault::services
