// The statements that read images. Apart from the store, so that a test can ask the database how it
// would run them: none may scan or sort.
#pragma once

#include <soci/soci.h>

#include <optional>
#include <string>
#include <vector>

#include "adapters/sql/image_row.hpp"
#include "ports/image_store.hpp"

namespace pixelvault::adapters::sql {

/// The end of a list from which its rows are counted.
enum class From { Newest, Oldest };

/// With `:id` and `:project`.
std::string find_sql();
/// With `:project`, `:environment`, `:now`, `:limit`, `:skip`, and `:folder` and `:before` where
/// the query has them.
std::string list_sql(const ports::ImageQuery& query, From from = From::Newest);

/// The image of one id, prepared: nearly every request asks for one.
class FindImage {
 public:
  explicit FindImage(soci::session& session);
  std::optional<domain::Image> run(const domain::ProjectId& project, const domain::ImageId& image);

 private:
  ImageRow row_;
  std::string id_, project_;
  soci::statement statement_;
};

ports::ImagePage select_page(soci::session& session, const ports::ImageQuery& query);

}  // namespace pixelvault::adapters::sql
