// Entity tags and lists of them (RFC 9110 §8.8.3), pure. Views point into the text that was given.
#pragma once

#include <optional>
#include <string_view>

namespace pixelvault::http {

struct EntityTag {
  std::string_view opaque;  ///< with its quotes
  bool weak = false;
};

/// Reads `"…"` or `W/"…"`, and nothing else around it.
std::optional<EntityTag> parse_etag(std::string_view text);

/// The two comparisons of RFC 9110 §8.8.3.2: strong demands that neither tag is weak.
bool strongly_equal(EntityTag left, EntityTag right);
bool weakly_equal(EntityTag left, EntityTag right);

/// Whether `list` is `*` or holds a tag that equals `etag` by the given comparison. Members after
/// one that cannot be read do not count.
bool list_matches(std::string_view list, std::string_view etag,
                  bool (*equal)(EntityTag, EntityTag));

}  // namespace pixelvault::http
