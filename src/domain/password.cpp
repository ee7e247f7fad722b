#include "domain/password.hpp"

#include "domain/utf8.hpp"

namespace pixelvault::domain {

namespace {
constexpr std::size_t kMinCharacters = 8;
constexpr std::size_t kMaxCharacters = 1024;
}  // namespace

Result<void> check_password(std::string_view password) {
  const auto length = count_characters(password);
  if (length >= kMinCharacters && length <= kMaxCharacters) return {};
  return fail(
      {.code = ErrorCode::InvalidRequest,
       .message =
           "The password must have 8 to 1024 characters: choose another one, or leave it out.",
       .param = "password",
       .limit = length < kMinCharacters ? kMinCharacters : kMaxCharacters,
       .actual = length});
}

}  // namespace pixelvault::domain
