// The outbox: what must still be done to blobs because of changes that are committed already. Its
// rows are written in the transaction of the change, leased by a worker, and removed when done.
#pragma once

#include <cstdint>
#include <vector>

#include "adapters/sql/session.hpp"
#include "base/time.hpp"
#include "ports/blob_store.hpp"

namespace pixelvault::adapters::sql {

/// Queues the removal of the blob; asking twice is asking once.
void queue_removal(Session& session, const ports::BlobRef& blob, base::Timestamp due_at);

/// The blobs whose removal is due at `now`, oldest first; they are due again when their leases end
/// (see `ports::ImageUpkeep::lease_removals`).
std::vector<ports::BlobRef> lease_due_removals(Session& session, base::Timestamp now,
                                               base::Timestamp leased_until, std::uint32_t limit);

/// Makes due at `now` what was tried before and would be due later. Returns how many.
std::uint32_t end_removal_leases(Session& session, base::Timestamp now);

/// Whether the removal of the blob is queued, due or not.
bool is_queued(Session& session, const ports::BlobRef& blob);

void forget_removal(Session& session, const ports::BlobRef& blob);
void forget_all_removals(Session& session);

}  // namespace pixelvault::adapters::sql
