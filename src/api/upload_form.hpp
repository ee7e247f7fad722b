// The two encodings of an upload (contract §4) as the parts that the upload service pulls:
// multipart/form-data and the raw bytes with the options in the query. One form belongs to one
// request.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "domain/error.hpp"
#include "http/message.hpp"
#include "http/multipart.hpp"
#include "services/upload.hpp"

namespace pixelvault::api {

/// Everything of a form besides the file: boundaries, part headers, fields; in bytes.
inline constexpr std::uint64_t kFormOverhead = 64UL * 1024;
/// The largest value of one field, in bytes.
inline constexpr std::size_t kMaxFieldBytes = 8UL * 1024;

/// The form that the request's Content-Type names; anything but multipart/form-data is taken for
/// the raw bytes of a picture, but JSON, with which other servers are told to fetch one, is
/// NotSupported. InvalidMultipart for a boundary that cannot be, NoFile for a request
/// without a body and type. Reads nothing yet; lives at most as long as the request.
domain::Result<std::unique_ptr<services::UploadForm>> make_upload_form(http::Request& request);

class MultipartForm final : public services::UploadForm {
 public:
  MultipartForm(http::Request& request, std::string boundary)
      : request_(request), parser_(std::move(boundary)) {}

  DeclaredSize declared_size() const override;
  base::task<domain::Result<Part>> next() override;
  base::task<domain::Result<base::ByteView>> read() override;

 private:
  /// The parser's next event, with input pulled as it asks; Malformed is an error here.
  base::task<domain::Result<http::MultipartParser::Event>> pull();
  base::task<domain::Result<Part>> read_field(std::string name);
  /// Reads the epilogue off, so that the connection can go on.
  base::task<domain::Result<Part>> finish();
  /// Counts what came beside the file, and refuses too much of it.
  domain::Result<void> check_overhead() const;

  http::Request& request_;
  http::MultipartParser parser_;
  std::uint64_t body_bytes_ = 0;
  std::uint64_t file_bytes_ = 0;
};

class RawForm final : public services::UploadForm {
 public:
  explicit RawForm(http::Request& request) : request_(request) {}

  DeclaredSize declared_size() const override {
    return {.at_least = request_.content_length.value_or(0), .exact = true};
  }
  base::task<domain::Result<Part>> next() override;
  base::task<domain::Result<base::ByteView>> read() override;

 private:
  http::Request& request_;
  std::size_t fields_given_ = 0;
  bool file_given_ = false;
};

}  // namespace pixelvault::api
