// Pulls a batch form to its end and writes down what it gave, as text that is easy to compare:
// `shared name=value`, `image filename`, `own name=value`, `data <bytes>`, `flaw param`, `end`.
#pragma once

#include <string>
#include <vector>

#include "services/batch_form.hpp"
#include "support/run_task.hpp"

namespace pixelvault::support {

struct ReadBatch {
  std::vector<std::string> parts;
  std::optional<domain::Error> error;
};

inline base::task<domain::Result<std::string>> read_data(services::BatchForm& form) {
  std::string bytes;
  for (;;) {
    const auto piece = co_await form.read();
    if (!piece) co_return std::unexpected(piece.error());
    if (piece->empty()) co_return bytes;
    bytes += base::as_text(*piece);
  }
}

inline std::string describe(const services::BatchForm::Part& part) {
  using Form = services::BatchForm;
  if (const auto* field = std::get_if<Form::Shared>(&part)) {
    return "shared " + field->name + "=" + field->value;
  }
  if (const auto* image = std::get_if<Form::Begin>(&part)) return "image " + image->filename;
  if (const auto* field = std::get_if<Form::Own>(&part)) {
    return "own " + field->name + "=" + field->value;
  }
  if (const auto* flaw = std::get_if<Form::Flaw>(&part)) {
    return "flaw " + flaw->error.param.value_or("");
  }
  return "end";
}

inline base::task<ReadBatch> read_batch(services::BatchForm& form) {
  ReadBatch batch;
  for (;;) {
    const auto part = co_await form.next();
    if (!part) {
      batch.error = part.error();
      co_return batch;
    }
    if (!std::holds_alternative<services::BatchForm::Data>(*part)) {
      batch.parts.push_back(describe(*part));
      if (batch.parts.back() == "end") co_return batch;
      continue;
    }
    const auto data = co_await read_data(form);
    if (!data) {
      batch.error = data.error();
      co_return batch;
    }
    batch.parts.push_back("data " + *data);
  }
}

}  // namespace pixelvault::support
