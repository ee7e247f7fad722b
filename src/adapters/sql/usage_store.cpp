#include "adapters/sql/usage_store.hpp"

#include <utility>

#include "adapters/sql/rows.hpp"

namespace pixelvault::adapters::sql {

using soci::into;
using soci::use;

namespace {

void read_space(Session& session, const std::string& account, domain::AccountUsage& usage) {
  long long bytes = 0, private_images = 0;
  run(session,
      "SELECT storage_bytes, private_images FROM account_usage WHERE account_id = :account",
      use(account), into(bytes), into(private_images));
  usage.storage_bytes = static_cast<std::uint64_t>(bytes);
  usage.private_images = static_cast<std::uint64_t>(private_images);
}

void read_month(Session& session, const std::string& account, const std::string& month,
                domain::AccountUsage& usage) {
  long long uploads = 0, bandwidth = 0;
  run(session,
      "SELECT uploads, bandwidth_bytes FROM monthly_usage "
      "WHERE account_id = :account AND month = :month",
      use(account), use(month), into(uploads), into(bandwidth));
  usage.uploads = static_cast<std::uint64_t>(uploads);
  usage.bandwidth_bytes = static_cast<std::uint64_t>(bandwidth);
}

void book(Session& session, const ports::SentBytes& sent, const std::string& month) {
  const std::string project = sent.project.to_string();
  const auto bytes = static_cast<long long>(sent.bytes);
  run(session,
      "INSERT INTO monthly_usage (account_id, month, uploads, bandwidth_bytes) "
      "SELECT account_id, CAST(:month AS TEXT), 0, CAST(:bytes AS BIGINT) FROM projects "
      "WHERE id = :project ON CONFLICT (account_id, month) DO UPDATE SET "
      "bandwidth_bytes = monthly_usage.bandwidth_bytes + excluded.bandwidth_bytes",
      use(month), use(bytes), use(project));
}

}  // namespace

base::task<domain::AccountUsage> SqlUsageStore::find(domain::AccountId account, std::string month) {
  return database_.read([account, month = std::move(month)](Session& session) {
    const std::string id = account.to_string();
    domain::AccountUsage usage;
    read_space(session, id, usage);
    read_month(session, id, month, usage);
    return usage;
  });
}

base::task<void> SqlUsageStore::book_bandwidth(std::vector<ports::SentBytes> sent,
                                               std::string month) {
  return database_.write([sent = std::move(sent), month = std::move(month)](Session& session) {
    for (const auto& one : sent) book(session, one, month);
  });
}

base::task<std::optional<ports::BandwidthUse>> SqlUsageStore::find_bandwidth(
    domain::ProjectId project, std::string month) {
  return database_.read([project, month = std::move(month)](Session& session) {
    const std::string id = project.to_string();
    std::string plan;
    long long bytes = 0;
    const bool found =
        run(session,
            "SELECT accounts.plan, COALESCE(monthly_usage.bandwidth_bytes, 0) FROM projects "
            "JOIN accounts ON accounts.id = projects.account_id LEFT JOIN monthly_usage ON "
            "monthly_usage.account_id = accounts.id AND monthly_usage.month = :month "
            "WHERE projects.id = :project",
            use(month), use(id), into(plan), into(bytes));
    if (!found) return std::optional<ports::BandwidthUse>();
    return std::optional(
        ports::BandwidthUse{.plan = plan, .bytes = static_cast<std::uint64_t>(bytes)});
  });
}

}  // namespace pixelvault::adapters::sql
