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

}  // namespace

FindCaller::FindCaller(soci::session& session)
    : statement_(
          (session.prepare
               << "SELECT accounts.id, projects.id, api_keys.id, api_keys.environment, "
                  "accounts.plan FROM api_keys JOIN projects ON projects.id = api_keys.project_id "
                  "JOIN accounts ON accounts.id = projects.account_id WHERE api_keys.hash = :hash",
           use(hash_), into(account_), into(project_), into(key_), into(environment_),
           into(plan_))) {}

std::optional<domain::Caller> FindCaller::run(const base::Sha256& key_hash) {
  hash_ = to_column(key_hash);
  statement_.execute();
  std::optional<domain::Caller> caller;
  while (statement_.fetch()) {
    caller = domain::Caller{.account = to_id<domain::AccountId>(account_),
                            .project = to_id<domain::ProjectId>(project_),
                            .key = to_id<domain::KeyId>(key_),
                            .environment = to_environment(environment_),
                            .plan = plan_};
  }
  return caller;
}

base::task<bool> SqlAccountStore::create(ports::Registration registration) {
  return database_.write([registration = std::move(registration)](soci::session& session) {
    if (!insert_account(session, registration.account)) return false;
    insert_project(session, registration.project);
    insert_key(session, registration.key);
    return true;
  });
}

base::task<std::optional<domain::Caller>> SqlAccountStore::find_caller(base::Sha256 key_hash) {
  return database_.read(
      [=, this](soci::session& session) { return find_caller_.run(session, key_hash); });
}

}  // namespace pixelvault::adapters::sql
