// The statements about logins. A session of the product is a row here; the `Session` is the
// connection.
#pragma once

#include <soci/soci.h>

#include <cstdint>
#include <optional>
#include <string>

#include "adapters/sql/session.hpp"
#include "domain/account.hpp"

namespace pixelvault::adapters::sql {

void insert_login(Session& session, const domain::Session& login);
std::optional<domain::SessionCaller> find_login(Session& session, const base::Sha256& hash,
                                                base::Timestamp now);
void delete_login(Session& session, const base::Sha256& hash);
void delete_logins_of(Session& session, const std::string& account);
std::uint32_t delete_logins_before(Session& session, base::Timestamp time, std::uint32_t limit);

}  // namespace pixelvault::adapters::sql
