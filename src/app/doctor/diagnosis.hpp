// What a check of the doctor says: how it is, and what to do when it is not well.
#pragma once

#include <cstdint>
#include <string>

namespace pixelvault::app::doctor {

enum class Verdict { Ok, Warning, Failure };

struct Diagnosis {
  std::string check;  ///< what was looked at, e.g. `free space`
  Verdict verdict = Verdict::Ok;
  std::string finding;      ///< how it is
  std::string remedy = {};  ///< one sentence; empty when all is well
};

}  // namespace pixelvault::app::doctor
