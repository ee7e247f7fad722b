// The ids of the product's things (contract §1).
#pragma once

#include "base/type_id.hpp"

namespace pixelvault::domain {

using AccountId = base::TypeId<"acct">;
using ProjectId = base::TypeId<"proj">;
using KeyId = base::TypeId<"key">;
using ImageId = base::TypeId<"img">;
using ExportId = base::TypeId<"exp">;

}  // namespace pixelvault::domain
