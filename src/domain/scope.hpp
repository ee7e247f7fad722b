// What an API key may do (contract §3): a small set with the names that clients use. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace pixelvault::domain {

enum class Scope : std::uint8_t { ImagesWrite, ImagesRead, ImagesDelete, KeysManage, UsageRead };

inline constexpr std::array kScopes = {Scope::ImagesWrite, Scope::ImagesRead, Scope::ImagesDelete,
                                       Scope::KeysManage, Scope::UsageRead};

/// E.g. `images:write`.
std::string_view scope_name(Scope scope);
std::optional<Scope> find_scope(std::string_view name);

class Scopes {
 public:
  constexpr Scopes() = default;
  static constexpr Scopes all() {
    Scopes scopes;
    for (const auto scope : kScopes) scopes.add(scope);
    return scopes;
  }

  constexpr void add(Scope scope) { bits_ |= bit(scope); }
  constexpr bool has(Scope scope) const { return (bits_ & bit(scope)) != 0; }
  constexpr bool includes(Scopes other) const { return (bits_ & other.bits_) == other.bits_; }
  constexpr bool empty() const { return bits_ == 0; }

  friend constexpr bool operator==(const Scopes&, const Scopes&) = default;

 private:
  static constexpr std::uint32_t bit(Scope scope) { return 1U << static_cast<unsigned>(scope); }
  std::uint32_t bits_ = 0;
};

}  // namespace pixelvault::domain
