#include "http/conditional.hpp"

#include "http/etag.hpp"
#include "http/field.hpp"
#include "http/http_date.hpp"

namespace pixelvault::http {
namespace {

/// Nothing when the header is absent or no date, which counts as absent.
std::optional<std::chrono::sys_seconds> date_of(const std::optional<std::string_view>& value) {
  if (!value) return std::nullopt;
  return parse_http_date(trim(*value));
}

bool state_is_expected(const Conditions& conditions, const Validators& validators) {
  if (conditions.if_match) {
    return list_matches(*conditions.if_match, validators.etag, strongly_equal);
  }
  const auto since = date_of(conditions.if_unmodified_since);
  return !since || validators.last_modified <= *since;
}

bool client_has_it(const Conditions& conditions, const Validators& validators) {
  if (conditions.if_none_match) {
    return list_matches(*conditions.if_none_match, validators.etag, weakly_equal);
  }
  const auto since = date_of(conditions.if_modified_since);
  return since && validators.last_modified <= *since;
}

}  // namespace

Precondition evaluate(const Conditions& conditions, const Validators& validators) {
  if (!state_is_expected(conditions, validators)) return Precondition::Failed;
  if (client_has_it(conditions, validators)) return Precondition::NotModified;
  return Precondition::Proceed;
}

bool range_applies(const Conditions& conditions, const Validators& validators) {
  if (!conditions.if_range) return true;
  const auto condition = trim(*conditions.if_range);
  if (const auto tag = parse_etag(condition)) {
    const auto current = parse_etag(validators.etag);
    return current && strongly_equal(*tag, *current);
  }
  return parse_http_date(condition) == validators.last_modified;
}

}  // namespace pixelvault::http
