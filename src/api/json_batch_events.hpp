// What a JSON batch says, in the order in which it says it. Used between the parser of such a batch
// and the form that gives it to the service.
#pragma once

#include <string>
#include <variant>

#include "services/batch_form.hpp"

namespace pixelvault::api {

/// Decoded bytes of the image whose Data part came last; never empty.
struct BatchBytes {
  std::string bytes;
};
struct BatchDataEnd {};
using BatchEvent = std::variant<services::BatchForm::Part, BatchBytes, BatchDataEnd>;

}  // namespace pixelvault::api
