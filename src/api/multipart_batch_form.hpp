// A batch as multipart/form-data: files in parts named `file`, `files`, `file[]` or `files[]`, and
// text fields for all of them. Made by `make_batch_form`; belongs to one request.
#pragma once

#include <optional>
#include <string>

#include "api/batch_form.hpp"
#include "http/multipart.hpp"
#include "services/batch_form.hpp"

namespace pixelvault::api {

class MultipartBatchForm final : public services::BatchForm {
 public:
  MultipartBatchForm(BatchBody body, std::string boundary)
      : body_(std::move(body)), parser_(std::move(boundary), {.parts = kMaxParts}) {}

  base::task<domain::Result<Part>> next() override;
  base::task<domain::Result<base::ByteView>> read() override;

 private:
  /// Files and fields; more files than a batch may have are told by the service.
  static constexpr std::size_t kMaxParts = 128;

  /// The parser's next event, with input pulled as it asks; Malformed is an error here.
  base::task<domain::Result<http::MultipartParser::Event>> pull();
  domain::Result<Part> begin_file(http::MultipartParser::PartBegin part);
  base::task<domain::Result<Part>> read_field(std::string name);
  /// Reads the epilogue off, so that the connection can go on.
  base::task<domain::Result<Part>> finish();

  BatchBody body_;
  http::MultipartParser parser_;
  bool file_begun_ = false;  // its Data part is next
  bool in_data_ = false;
};

}  // namespace pixelvault::api
