// A batch as JSON: pulls the body and gives what the parser finds in it. Made by `make_batch_form`;
// belongs to one request.
#pragma once

#include <string>
#include <string_view>

#include "api/batch_form.hpp"
#include "api/json_batch_parser.hpp"
#include "services/batch_form.hpp"

namespace pixelvault::api {

class JsonBatchForm final : public services::BatchForm {
 public:
  explicit JsonBatchForm(BatchBody body) : body_(std::move(body)) {}

  base::task<domain::Result<Part>> next() override;
  base::task<domain::Result<base::ByteView>> read() override;

 private:
  /// What is parsed before its events are asked for, in bytes.
  static constexpr std::size_t kSlice = 16UL * 1024;

  /// Feeds the parser; false at the end of the body.
  base::task<domain::Result<bool>> feed_more();
  base::task<domain::Result<std::optional<BatchEvent>>> pull();

  BatchBody body_;
  JsonBatchParser parser_;
  std::string_view rest_;  // of the chunk that was read last
  std::string bytes_;      // what the last read gave
  bool in_data_ = false;
  bool ended_ = false;
};

}  // namespace pixelvault::api
