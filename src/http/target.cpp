#include "http/target.hpp"

#include <algorithm>
#include <array>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <ranges>
#include <string_view>

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

/// The unreserved characters (RFC 3986 §2.3), and the slash.
constexpr auto kPlain = [] {
  std::array<bool, 256> plain{};
  for (const char c :
       std::string_view("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/")) {
    plain[static_cast<unsigned char>(c)] = true;
  }
  return plain;
}();

/// Whether it is an absolute path that means itself: most targets are, and need no library.
bool is_plain_path(std::string_view text) {
  const auto is_plain = [](char c) { return kPlain[static_cast<unsigned char>(c)]; };
  return text.starts_with('/') && std::ranges::all_of(text, is_plain) && !text.contains("//");
}

}  // namespace

bool read_target(std::string_view text, Target& target) {
  target.query.clear();
  if (is_plain_path(text)) {
    target.path = text;
    return true;
  }
  const auto parsed = text.starts_with('/') ? urls::parse_origin_form({text.data(), text.size()})
                                            : urls::parse_absolute_uri({text.data(), text.size()});
  if (!parsed) return false;
  const urls::url_view& url = *parsed;
  if (url.has_scheme() && !is_web(url)) return false;
  const std::string_view encoded(url.encoded_path().data(), url.encoded_path().size());
  if (changes_meaning(encoded)) return false;

  target.path = url.path();
  if (target.path.empty()) target.path = "/";
  if (!target.path.starts_with('/')) return false;
  urls::encoding_opts form;
  form.space_as_plus = true;
  for (const auto& parameter : url.params(form)) {
    target.query.emplace_back(parameter.key, parameter.value);
  }
  return true;
}

}  // namespace pixelvault::http
