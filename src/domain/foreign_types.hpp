// The binary types that people upload by mistake, by their first bytes (sniffing asks when a file
// is none of the six formats). Pure.
#pragma once

#include <optional>

#include "domain/sniff.hpp"

namespace pixelvault::domain {

std::optional<ForeignType> find_foreign_type(base::ByteView head);

}  // namespace pixelvault::domain
