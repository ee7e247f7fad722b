#include "services/sessions.hpp"

#include <optional>
#include <utility>

#include "services/mint.hpp"

namespace pixelvault::services {

base::task<domain::Result<SessionService::Opened>> SessionService::log_in(std::string email,
                                                                          std::string password) {
  auto account = co_await use_.accounts.find_by_email(std::move(email));
  const bool right = co_await is_password(account, std::move(password));
  if (!account || !right) {
    co_return domain::fail(
        {.code = domain::ErrorCode::Unauthorized,
         .message = "The email address or the password is wrong: check both and try again."});
  }
  co_return co_await open(*std::move(account));
}

base::task<bool> SessionService::is_password(const std::optional<domain::Account>& account,
                                             std::string password) {
  if (account && !account->password_hash.empty()) {
    co_return co_await use_.passwords.verify(std::move(password), account->password_hash);
  }
  // Nobody's password: hashing it is the work that verifying one is.
  co_await use_.passwords.hash(std::move(password));
  co_return false;
}

base::task<SessionService::Opened> SessionService::open(domain::Account account) {
  const auto token = mint_session_token(use_.random);
  const auto now = use_.clock.now();
  const domain::Session session{.hash = token.hash(),
                                .account = account.id,
                                .created_at = now,
                                .expires_at = now + kSessionLifetime};
  co_await use_.accounts.open_session(session);
  co_return Opened{
      .token = token.text(), .account = std::move(account), .expires_at = session.expires_at};
}

base::task<void> SessionService::log_out(domain::SessionCaller caller) {
  co_await use_.accounts.close_session(caller.session);
  use_.authentication.forget_session(caller.session);
}

}  // namespace pixelvault::services
