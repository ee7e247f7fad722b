#include "http/target.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <ranges>

namespace pixelvault::http {

namespace urls = boost::urls;

std::optional<std::string_view> Target::parameter(std::string_view name) const {
  for (const auto& [key, value] : query | std::views::reverse) {
    if (key == name) return value;
  }
  return std::nullopt;
}

namespace {

/// `%2F` and `%00` would turn into characters that separate or end a path.
bool changes_meaning(std::string_view encoded) {
  for (auto at = encoded.find('%'); at != std::string_view::npos; at = encoded.find('%', at + 1)) {
    const auto code = encoded.substr(at + 1, 2);
    if (code == "2F" || code == "2f" || code == "00") return true;
  }
  return false;
}

bool is_web(const urls::url_view& url) {
  return url.scheme_id() == urls::scheme::http || url.scheme_id() == urls::scheme::https;
}

/// Whether it is an absolute path that means itself: most targets are, and need no library.
bool is_plain_path(std::string_view text) {
  char before = 0;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!letter && c != '/' && c != '-' && c != '.' && c != '_' && c != '~') return false;
    if (c == '/' && before == '/') return false;
    before = c;
  }
  return text.starts_with('/');
}

}  // namespace

std::optional<Target> parse_target(std::string_view text) {
  if (is_plain_path(text)) return Target{.path = std::string(text)};
  const auto parsed = text.starts_with('/') ? urls::parse_origin_form({text.data(), text.size()})
                                            : urls::parse_absolute_uri({text.data(), text.size()});
  if (!parsed) return std::nullopt;
  const urls::url_view& url = *parsed;
  if (url.has_scheme() && !is_web(url)) return std::nullopt;
  const std::string_view encoded(url.encoded_path().data(), url.encoded_path().size());
  if (changes_meaning(encoded)) return std::nullopt;

  Target target{.path = url.path()};
  if (target.path.empty()) target.path = "/";
  if (!target.path.starts_with('/')) return std::nullopt;
  urls::encoding_opts form;
  form.space_as_plus = true;
  for (const auto& parameter : url.params(form)) {
    target.query.emplace_back(parameter.key, parameter.value);
  }
  return target;
}

}  // namespace pixelvault::http
