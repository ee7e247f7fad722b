#include "adapters/sql/account_store.hpp"

#include <string>
#include <utility>

#include "adapters/sql/columns.hpp"

namespace pixelvault::adapters::sql {

using soci::into;
using soci::use;

namespace {

/// What makes two addresses the same: ASCII letters without their case.
std::string email_key(std::string email) {
  for (char& c : email) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return email;
}

/// False when the address is taken.
bool insert_account(soci::session& session, const domain::Account& account) {
  const std::string id = account.id.to_string();
  const std::string key = email_key(account.email);
  const long long created_at = base::to_unix_millis(account.created_at);
  std::string inserted;
  session << "INSERT INTO accounts (id, email, email_key, password_hash, plan, created_at) "
             "VALUES (:id, :email, :email_key, :password_hash, :plan, :created_at) "
             "ON CONFLICT (email_key) DO NOTHING RETURNING id",
      use(id), use(account.email), use(key), use(account.password_hash), use(account.plan),
      use(created_at), into(inserted);
  return session.got_data();
}

void insert_project(soci::session& session, const domain::Project& project) {
  const std::string id = project.id.to_string();
  const std::string account = project.account.to_string();
  const long long created_at = base::to_unix_millis(project.created_at);
  session << "INSERT INTO projects (id, account_id, name, created_at) "
             "VALUES (:id, :account_id, :name, :created_at)",
      use(id), use(account), use(project.name), use(created_at);
}

void insert_key(soci::session& session, const domain::StoredKey& key) {
  const std::string id = key.id.to_string();
  const std::string project = key.project.to_string();
  const std::string environment = to_column(key.environment);
  const std::string hash = to_column(key.hash);
  const long long created_at = base::to_unix_millis(key.created_at);
  session << "INSERT INTO api_keys (id, project_id, environment, hash, shown_prefix, created_at) "
             "VALUES (:id, :project_id, :environment, :hash, :shown_prefix, :created_at)",
      use(id), use(project), use(environment), use(hash), use(key.shown_prefix), use(created_at);
}

std::optional<domain::Caller> select_caller(soci::session& session, const std::string& hash) {
  std::string account, project, key, environment, plan;
  session << "SELECT accounts.id, projects.id, api_keys.id, api_keys.environment, accounts.plan "
             "FROM api_keys JOIN projects ON projects.id = api_keys.project_id "
             "JOIN accounts ON accounts.id = projects.account_id WHERE api_keys.hash = :hash",
      use(hash), into(account), into(project), into(key), into(environment), into(plan);
  if (!session.got_data()) return std::nullopt;
  return domain::Caller{.account = to_id<domain::AccountId>(account),
                        .project = to_id<domain::ProjectId>(project),
                        .key = to_id<domain::KeyId>(key),
                        .environment = to_environment(environment),
                        .plan = std::move(plan)};
}

}  // namespace

base::task<bool> SqlAccountStore::create(ports::Registration registration) {
  return database_.write([registration = std::move(registration)](soci::session& session) {
    if (!insert_account(session, registration.account)) return false;
    insert_project(session, registration.project);
    insert_key(session, registration.key);
    return true;
  });
}

base::task<std::optional<domain::Caller>> SqlAccountStore::find_caller(base::Sha256 key_hash) {
  return database_.read([hash = to_column(key_hash)](soci::session& session) {
    return select_caller(session, hash);
  });
}

}  // namespace pixelvault::adapters::sql
