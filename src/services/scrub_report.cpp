#include "services/scrub_report.hpp"

#include <utility>

namespace pixelvault::services {

std::string_view name_of(Fault fault) {
  switch (fault) {
    case Fault::Missing:
      return "missing";
    case Fault::Damaged:
      return "damaged";
    case Fault::Misplaced:
      return "misplaced";
    case Fault::Orphan:
      return "orphan";
    case Fault::Duplicate:
      return "duplicate";
    case Fault::Leftover:
      return "leftover";
    case Fault::Foreign:
      return "foreign";
    case Fault::Counter:
      return "counter";
  }
  std::unreachable();
}

void ScrubReport::add(Finding finding) {
  ++found_.at(index(finding.fault));
  if (finding.repaired) ++repaired_.at(index(finding.fault));
  if (findings_.size() < listed_) findings_.push_back(std::move(finding));
}

}  // namespace pixelvault::services
