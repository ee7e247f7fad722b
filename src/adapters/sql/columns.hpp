// How the product's values stand in columns, and back. A column that does not parse means that
// somebody else has written to the database: `Unavailable` (Fail). Pure.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "base/digest.hpp"
#include "base/encoding.hpp"
#include "base/unavailable.hpp"
#include "domain/format.hpp"
#include "domain/image.hpp"

namespace pixelvault::adapters::sql {

/// `value`, which the column `name` must have given.
template <class T>
T expect_column(std::optional<T> value, std::string_view name) {
  if (value) return *std::move(value);
  throw base::Unavailable(base::Unavailable::Kind::Fail,
                          fmt::format("database: a value of column {} is unreadable", name));
}

template <class Id>
Id to_id(std::string_view text) {
  return expect_column(Id::parse(text), Id::prefix());
}

inline std::string to_column(domain::Environment environment) {
  return std::string(domain::environment_name(environment));
}

inline domain::Environment to_environment(std::string_view text) {
  if (text == "live") return domain::Environment::Live;
  if (text == "test") return domain::Environment::Test;
  return expect_column(std::optional<domain::Environment>(), "environment");
}

inline std::string to_column(domain::Visibility visibility) {
  return visibility == domain::Visibility::Public ? "public" : "private";
}

inline domain::Visibility to_visibility(std::string_view text) {
  if (text == "public") return domain::Visibility::Public;
  if (text == "private") return domain::Visibility::Private;
  return expect_column(std::optional<domain::Visibility>(), "visibility");
}

inline std::string to_column(domain::Format format) {
  return std::string(domain::extension(format));
}

inline domain::Format to_format(std::string_view text) {
  return expect_column(domain::format_of_extension(text), "format");
}

/// Empty where the key of the blob says where it is.
inline std::string to_column(const std::optional<domain::BlobPlace>& place) {
  return place ? domain::to_string(*place) : std::string();
}

inline std::optional<domain::BlobPlace> to_place(std::string_view text) {
  if (text.empty()) return std::nullopt;
  return expect_column(domain::parse_blob_place(text), "place");
}

inline std::string to_column(const base::Sha256& digest) { return base::to_hex(digest); }

inline base::Sha256 to_digest(std::string_view text) {
  const auto bytes = expect_column(base::from_hex(text), "sha256");
  base::Sha256 digest{};
  if (bytes.size() != digest.size()) expect_column(std::optional<int>(), "sha256");
  std::copy(bytes.begin(), bytes.end(), digest.begin());
  return digest;
}

}  // namespace pixelvault::adapters::sql
