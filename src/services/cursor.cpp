#include "services/cursor.hpp"

#include "base/encoding.hpp"

namespace pixelvault::services {
namespace {

std::string scope(const domain::Caller& caller) {
  return caller.project.to_string() +
         (caller.environment == domain::Environment::Live ? "/live/" : "/test/");
}

}  // namespace

std::string make_cursor(const domain::Caller& caller, const domain::ImageId& last) {
  return base::to_base64url(base::as_bytes(scope(caller) + last.to_string()));
}

std::optional<domain::ImageId> read_cursor(const domain::Caller& caller, std::string_view cursor) {
  const auto bytes = base::from_base64url(cursor);
  if (!bytes) return std::nullopt;
  const auto text = base::as_text(*bytes);
  const auto own = scope(caller);
  if (!text.starts_with(own)) return std::nullopt;
  return domain::ImageId::parse(text.substr(own.size()));
}

}  // namespace pixelvault::services
