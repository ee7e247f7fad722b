#include "domain/scope.hpp"

#include <utility>

namespace pixelvault::domain {

std::string_view scope_name(Scope scope) {
  switch (scope) {
    case Scope::ImagesWrite:
      return "images:write";
    case Scope::ImagesRead:
      return "images:read";
    case Scope::ImagesDelete:
      return "images:delete";
    case Scope::KeysManage:
      return "keys:manage";
    case Scope::UsageRead:
      return "usage:read";
  }
  std::unreachable();
}

std::optional<Scope> find_scope(std::string_view name) {
  for (const auto scope : kScopes) {
    if (scope_name(scope) == name) return scope;
  }
  return std::nullopt;
}

}  // namespace pixelvault::domain
