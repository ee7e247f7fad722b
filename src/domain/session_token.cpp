#include "domain/session_token.hpp"

namespace pixelvault::domain {
namespace {
constexpr std::string_view kPrefix = "pv_sess_";
}  // namespace

std::optional<SessionToken> SessionToken::make(const CredentialEntropy& entropy) {
  auto text = make_credential(kPrefix, entropy);
  if (!text) return std::nullopt;
  return SessionToken(*std::move(text));
}

std::optional<SessionToken> SessionToken::parse(std::string_view text) {
  if (!is_credential(kPrefix, text)) return std::nullopt;
  return SessionToken(std::string(text));
}

}  // namespace pixelvault::domain
