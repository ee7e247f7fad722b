#include "services/accounts.hpp"

#include <utility>

#include "domain/email.hpp"
#include "services/mint.hpp"

namespace pixelvault::services {

using domain::ErrorCode;

namespace {

constexpr std::size_t kMinPassword = 8;
constexpr std::size_t kMaxPassword = 1024;

/// Characters of UTF-8 text: every byte that is not a continuation.
std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

domain::Result<void> check_password(const std::string& password) {
  const auto length = count_characters(password);
  if (length < kMinPassword || length > kMaxPassword) {
    return domain::fail(
        {.code = ErrorCode::InvalidRequest,
         .message =
             "The password must have 8 to 1024 characters: choose another one, or leave it out.",
         .param = "password",
         .limit = length < kMinPassword ? kMinPassword : kMaxPassword,
         .actual = length});
  }
  return {};
}

}  // namespace

base::task<domain::Result<AccountService::Registered>> AccountService::register_account(
    NewAccount request) {
  auto email = domain::parse_email(request.email);
  if (!email) co_return std::unexpected(email.error());
  if (request.password) {
    if (auto checked = check_password(*request.password); !checked) {
      co_return std::unexpected(checked.error());
    }
  }

  // Hashed before anything is looked up, so that a taken address answers no faster than a free one.
  std::string password_hash;
  if (request.password) password_hash = co_await use_.passwords.hash(std::move(*request.password));

  const auto now = use_.clock.now();
  const auto key = mint_key(domain::Environment::Live, use_.random);
  const domain::Account account{.id = mint_id<domain::AccountId>(now, use_.random),
                                .email = std::move(*email),
                                .password_hash = std::move(password_hash),
                                .plan = default_plan_,
                                .created_at = now};
  const domain::Project project{.id = mint_id<domain::ProjectId>(now, use_.random),
                                .account = account.id,
                                .name = "Default",
                                .created_at = now};
  const domain::StoredKey stored{.id = mint_id<domain::KeyId>(now, use_.random),
                                 .project = project.id,
                                 .environment = key.environment(),
                                 .hash = key.hash(),
                                 .shown_prefix = key.shown_prefix(),
                                 .created_at = now};
  // Built before the call: GCC 12 destroys a braced temporary inside co_await twice.
  ports::Registration registration{.account = account, .project = project, .key = stored};
  const bool created = co_await use_.accounts.create(std::move(registration));
  if (!created) {
    co_return domain::fail(
        {.code = ErrorCode::EmailTaken,
         .message = "This email address has an account already: use another one.",
         .param = "email"});
  }
  co_return Registered{.account = account, .project = project, .api_key = key.text()};
}

}  // namespace pixelvault::services
