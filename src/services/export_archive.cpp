#include "services/export_archive.hpp"

#include <exception>
#include <utility>

#include "base/log.hpp"
#include "base/unavailable.hpp"

namespace pixelvault::services {

using base::ByteView;
using base::Unavailable;

namespace {

constexpr std::uint32_t kPage = 100;

std::string file_name(const domain::Image& image) {
  std::string name = "images/" + image.id.to_string() + ".";
  name += domain::extension(image.format);
  return name;
}

[[noreturn]] void fail_file(const char* what) { throw Unavailable(Unavailable::Kind::Fail, what); }

}  // namespace

ExportArchive::ExportArchive(Dependencies dependencies, domain::Export job,
                             std::unique_ptr<ManifestWriter> manifest)
    : use_(dependencies),
      job_(std::move(job)),
      manifest_(std::move(manifest)),
      walk_(use_.images, use_.clock, job_, kPage) {
  entries_.append(manifest_->begin(job_));
}

base::task<base::ReadResult> ExportArchive::read() {
  if (failed_) co_return std::unexpected(base::ReadError::Ended);
  try {
    co_return co_await advance();
  } catch (const std::exception& error) {
    spdlog::error("the archive of {} was cut: {}", job_.id.to_string(), error.what());
  }
  failed_ = true;
  co_return std::unexpected(base::ReadError::Ended);
}

/// An empty step is no end: what is gone is passed over.
base::task<ByteView> ExportArchive::advance() {
  while (state_ != State::Ended) {
    ByteView bytes;
    switch (state_) {
      case State::Images:
        bytes = co_await begin_image();
        break;
      case State::File:
        bytes = co_await read_file();
        break;
      case State::Manifest:
        bytes = read_manifest();
        break;
      case State::Ended:
        break;
    }
    if (!bytes.empty()) co_return bytes;
  }
  co_return ByteView{};
}

base::task<ByteView> ExportArchive::begin_image() {
  if (next_ == page_.size()) {
    page_ = co_await walk_.next();
    next_ = 0;
    if (page_.empty()) co_return begin_manifest();
  }
  const auto& image = page_[next_++];
  if (domain::is_gone(image, use_.clock.now())) co_return ByteView{};
  file_ = co_await use_.blobs.read(ports::blob_of(image), image.size);
  if (!file_) {
    co_await note_missing(image);
    co_return ByteView{};
  }
  const auto name = file_name(image);
  entries_.append(manifest_->add(image, name));
  file_left_ = image.size;
  state_ = State::File;
  co_return emit_header({.name = name, .size = image.size, .modified_at = image.created_at});
}

base::task<ByteView> ExportArchive::read_file() {
  const auto bytes = co_await file_->read();
  if (!bytes) fail_file("a blob could not be read");
  if (bytes->size() > file_left_ || (bytes->empty() && file_left_ > 0)) {
    fail_file("a blob is not as long as its record says");
  }
  file_left_ -= bytes->size();
  if (bytes->empty()) {
    file_.reset();
    state_ = State::Images;
  }
  co_return *bytes;
}

ByteView ExportArchive::begin_manifest() {
  entries_.append(manifest_->end());
  state_ = State::Manifest;
  return emit_header(
      {.name = "manifest.json", .size = entries_.size(), .modified_at = job_.created_at});
}

ByteView ExportArchive::read_manifest() {
  buffer_ = entries_.take();
  if (buffer_.empty()) {
    buffer_.assign(padding_ + domain::kTarEnd, '\0');
    state_ = State::Ended;
  }
  return base::as_bytes(buffer_);
}

/// The zeros of the file before go out with the header: one piece less for every image.
ByteView ExportArchive::emit_header(const domain::TarFile& file) {
  buffer_.assign(padding_, '\0');
  buffer_ += base::as_text(domain::make_tar_header(file));
  padding_ = domain::tar_padding(file.size);
  return base::as_bytes(buffer_);
}

/// A blob goes with its image; only where the image is still there something is wrong.
base::task<void> ExportArchive::note_missing(domain::Image image) {
  const auto now = co_await use_.images.find(image.project, image.id);
  if (now && !domain::is_gone(*now, use_.clock.now())) {
    spdlog::error("the bytes of {} are missing from the blob store", domain::image_path(image));
  }
}

}  // namespace pixelvault::services
