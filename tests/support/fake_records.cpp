#include "support/fake_records.hpp"

namespace pixelvault::support {

std::string FakeRecords::payer(const domain::ProjectId& project) const {
  const auto found = projects.find(project);
  return found == projects.end() ? project.to_string() : found->second.project.account.to_string();
}

domain::AccountUsage FakeRecords::usage(const std::string& payer_id,
                                        const std::string& month) const {
  domain::AccountUsage usage;
  for (const auto& [id, image] : images) {
    if (image.deleted_at || payer(image.project) != payer_id) continue;
    usage.storage_bytes += image.size;
    usage.private_images += image.visibility == domain::Visibility::Private ? 1 : 0;
  }
  if (const auto found = months.find({payer_id, month}); found != months.end()) {
    usage.uploads = found->second.uploads;
    usage.bandwidth_bytes = found->second.bandwidth_bytes;
  }
  return usage;
}

bool FakeRecords::is_living(const domain::ProjectId& project) const {
  const auto found = projects.find(project);
  return found != projects.end() && !found->second.deleted_at;
}

}  // namespace pixelvault::support
