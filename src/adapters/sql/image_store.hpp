// Images in the database, as requests need them. Any thread may call.
#pragma once

#include <optional>
#include <string>

#include "adapters/sql/database.hpp"
#include "adapters/sql/session.hpp"
#include "ports/image_store.hpp"

namespace pixelvault::adapters::sql {

class SqlImageStore final : public ports::ImageStore {
 public:
  /// `database` outlives the store.
  explicit SqlImageStore(Database& database) : database_(database) {}

  base::task<ports::InsertOutcome> insert(ports::NewImage upload) override;
  base::task<std::optional<ports::Replay>> find_replay(domain::ProjectId project,
                                                       domain::Environment environment,
                                                       domain::UploadIdentity identity,
                                                       base::Timestamp now) override;
  base::task<bool> has_key(domain::ProjectId project, domain::Environment environment,
                           std::string key, base::Timestamp now) override;
  base::task<std::optional<domain::Image>> find(domain::ProjectId project,
                                                domain::ImageId image) override;
  base::task<ports::ImagePage> list(ports::ImageQuery query) override;
  base::task<std::optional<domain::Image>> update(domain::ProjectId project,
                                                  domain::Environment environment,
                                                  domain::ImageId image,
                                                  ports::ImageChanges changes,
                                                  base::Timestamp now) override;
  base::task<std::optional<domain::Image>> mark_deleted(domain::ProjectId project,
                                                        domain::Environment environment,
                                                        domain::ImageId image,
                                                        base::Timestamp now) override;

 private:
  // Each of them inside a transaction.
  ports::InsertOutcome store(Session& session, const ports::NewImage& upload);
  std::optional<ports::Replay> replay(Session& session, const domain::ProjectId& project,
                                      domain::Environment environment,
                                      const domain::UploadIdentity& identity, base::Timestamp now);
  std::optional<ports::Replay> replay_of_key(Session& session, const domain::ProjectId& project,
                                             domain::Environment environment,
                                             const domain::UploadIdentity& identity,
                                             base::Timestamp now);
  void bury_outlived(Session& session, const ports::NewImage& upload);
  std::optional<domain::Image> find_own(Session& session, const domain::ProjectId& project,
                                        domain::Environment environment,
                                        const domain::ImageId& image);

  Database& database_;
};

}  // namespace pixelvault::adapters::sql
