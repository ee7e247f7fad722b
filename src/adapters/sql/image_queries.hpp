// The statements that read images. Apart from the store, so that a test can ask the database how it
// would run them: none may scan or sort.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/sql/image_row.hpp"
#include "adapters/sql/session.hpp"
#include "ports/image_store.hpp"

namespace pixelvault::adapters::sql {

/// The end of a list from which its rows are counted.
enum class From { Newest, Oldest };

/// With `:id` and `:project`.
std::string find_sql();
/// With `:project`, `:environment`, `:now`, `:limit`, `:skip`, and `:folder` and `:before` where
/// the query has them.
std::string list_sql(const ports::ImageQuery& query, From from = From::Newest);

/// Also finds tombstones; nothing for another project's image.
std::optional<domain::Image> select_image(Session& session, const domain::ProjectId& project,
                                          const domain::ImageId& image);

ports::ImagePage select_page(Session& session, const ports::ImageQuery& query);

}  // namespace pixelvault::adapters::sql
