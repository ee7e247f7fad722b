#include "adapters/sql/account_store.hpp"

#include <fmt/format.h>

#include <utility>

#include "adapters/sql/columns.hpp"
#include "adapters/sql/key_row.hpp"
#include "adapters/sql/login_sessions.hpp"
#include "adapters/sql/project_row.hpp"
#include "adapters/sql/rows.hpp"

namespace pixelvault::adapters::sql {

using soci::into;
using soci::use;

namespace {

struct AccountRow {
  std::string id, email, password_hash, plan;
  long long created_at = 0;
};

constexpr const char* kAccountColumns = "id, email, password_hash, plan, created_at";

void read_into(soci::statement& statement, AccountRow& row) {
  statement.exchange(into(row.id));
  statement.exchange(into(row.email));
  statement.exchange(into(row.password_hash));
  statement.exchange(into(row.plan));
  statement.exchange(into(row.created_at));
}

domain::Account to_account(const AccountRow& row) {
  return {.id = to_id<domain::AccountId>(row.id),
          .email = row.email,
          .password_hash = row.password_hash,
          .plan = row.plan,
          .created_at = base::from_unix_millis(row.created_at)};
}

/// What makes two addresses the same: ASCII letters without their case.
std::string email_key(std::string email) {
  for (char& c : email) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return email;
}

/// False when the address is taken.
bool insert_account(Session& session, const domain::Account& account) {
  const std::string id = account.id.to_string();
  const std::string key = email_key(account.email);
  const long long created_at = base::to_unix_millis(account.created_at);
  std::string inserted;
  return run(session,
             "INSERT INTO accounts (id, email, email_key, password_hash, plan, created_at) "
             "VALUES (:id, :email, :email_key, :password_hash, :plan, :created_at) "
             "ON CONFLICT (email_key) DO NOTHING RETURNING id",
             use(id), use(account.email), use(key), use(account.password_hash), use(account.plan),
             use(created_at), into(inserted));
}

/// Every account has this row, so that quotas are reserved by one conditional UPDATE.
void insert_usage(Session& session, const domain::AccountId& account) {
  const std::string id = account.to_string();
  run(session,
      "INSERT INTO account_usage (account_id, storage_bytes, private_images) "
      "VALUES (:account, 0, 0)",
      use(id));
}

/// `assignment` is `column = :value`. False when there is no such account.
bool update_account(Session& session, const std::string& account, const char* assignment,
                    const std::string& value) {
  std::string updated;
  return run(session, fmt::format("UPDATE accounts SET {} WHERE id = :id RETURNING id", assignment),
             use(value), use(account), into(updated));
}

}  // namespace

base::task<bool> SqlAccountStore::create(ports::Registration registration) {
  return database_.write([registration = std::move(registration)](Session& session) {
    if (!insert_account(session, registration.account)) return false;
    insert_usage(session, registration.account.id);
    insert_project(session, registration.project);
    insert_key(session, registration.key);
    return true;
  });
}

base::task<std::optional<domain::Account>> SqlAccountStore::find(domain::AccountId account) {
  return database_.read([=](Session& session) {
    const std::string id = account.to_string();
    return select_one<AccountRow>(
        session, fmt::format("SELECT {} FROM accounts WHERE id = :id", kAccountColumns), to_account,
        use(id));
  });
}

base::task<std::optional<domain::Account>> SqlAccountStore::find_by_email(std::string email) {
  return database_.read([key = email_key(std::move(email))](Session& session) {
    return select_one<AccountRow>(
        session, fmt::format("SELECT {} FROM accounts WHERE email_key = :key", kAccountColumns),
        to_account, use(key));
  });
}

base::task<std::vector<domain::Account>> SqlAccountStore::list(
    std::optional<domain::AccountId> after, std::uint32_t limit) {
  return database_.read([=](Session& session) {
    const std::string last = after ? after->to_string() : "";
    const long long most = limit;
    return select_all<AccountRow>(
        session,
        fmt::format("SELECT {} FROM accounts WHERE id > :last ORDER BY id LIMIT :limit",
                    kAccountColumns),
        to_account, use(last), use(most));
  });
}

base::task<bool> SqlAccountStore::set_plan(domain::AccountId account, std::string plan) {
  return database_.write([=](Session& session) {
    return update_account(session, account.to_string(), "plan = :plan", plan);
  });
}

base::task<bool> SqlAccountStore::set_password_hash(domain::AccountId account, std::string hash) {
  return database_.write([=](Session& session) {
    const std::string id = account.to_string();
    delete_logins_of(session, id);
    return update_account(session, id, "password_hash = :hash", hash);
  });
}

base::task<void> SqlAccountStore::open_session(domain::Session login) {
  return database_.write([=](Session& session) { insert_login(session, login); });
}

base::task<std::optional<domain::SessionCaller>> SqlAccountStore::find_session(
    base::Sha256 hash, base::Timestamp now) {
  return database_.read([=](Session& session) { return find_login(session, hash, now); });
}

base::task<void> SqlAccountStore::close_session(base::Sha256 hash) {
  return database_.write([=](Session& session) { delete_login(session, hash); });
}

base::task<std::uint32_t> SqlAccountStore::forget_sessions(base::Timestamp now,
                                                           std::uint32_t limit) {
  return database_.write(
      [=](Session& session) { return delete_logins_before(session, now, limit); });
}

}  // namespace pixelvault::adapters::sql
