#include "domain/web_address.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/encoding.hpp"
#include "domain/utf8.hpp"

namespace pixelvault::domain {
namespace {

constexpr std::size_t kMaxNameBytes = 253;  // RFC 1035 §2.3.4, as text
constexpr std::size_t kMaxLabelBytes = 63;
constexpr std::string_view kHexDigits = "0123456789ABCDEF";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

std::string lower(std::string_view text) {
  std::string result(text);
  for (auto& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::unexpected<Error> wrong_url(std::string message) {
  return fail({.code = ErrorCode::InvalidRequest, .message = std::move(message), .param = "url"});
}

bool is_label(std::string_view label) {
  const auto fits = [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_'; };
  return !label.empty() && label.size() <= kMaxLabelBytes && std::ranges::all_of(label, fits);
}

/// What some readers take for a number of an IPv4 address: decimal, octal or hexadecimal.
bool is_numeric(std::string_view label) {
  if (label.starts_with("0x")) return std::ranges::all_of(label.substr(2), is_hex);
  return std::ranges::all_of(label, is_digit);
}

/// A DNS name. One that ends in a number would be an address to other readers (URL standard,
/// "ends in a number checker"), though it is in no usual form of one.
bool is_name(std::string_view text) {
  if (text.size() > kMaxNameBytes) return false;
  for (;;) {
    const auto dot = text.find('.');
    if (!is_label(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return !is_numeric(text);
    text.remove_prefix(dot + 1);
  }
}

std::optional<WebHost> parse_host(std::string_view given) {
  auto text = lower(given);
  if (text.starts_with('[') && text.ends_with(']')) {
    const auto ip = parse_ipv6(std::string_view(text).substr(1, text.size() - 2));
    if (!ip) return std::nullopt;
    return WebHost{.text = std::move(text), .ip = ip};
  }
  if (const auto ip = parse_ipv4(text)) return WebHost{.text = std::move(text), .ip = ip};
  if (!is_name(text)) return std::nullopt;
  return WebHost{.text = std::move(text)};
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || stop != text.data() + text.size() || port == 0 || text.size() > 5)
    return std::nullopt;
  return port;
}

/// RFC 3986 §5.2.4 for a path that begins with `/`.
std::string remove_dot_segments(std::string_view path) {
  std::string result;
  while (!path.empty()) {
    const auto end = std::min(path.find('/', 1), path.size());
    const auto segment = path.substr(0, end);
    const bool last = end == path.size();
    path.remove_prefix(end);
    if (segment != "/." && segment != "/..") {
      result += segment;
      continue;
    }
    if (segment == "/..") result.erase(std::min(result.rfind('/'), result.size()));
    if (last) result += '/';
  }
  return result;
}

bool goes_as_it_is(char c) {
  return c > ' ' && c < '\x7F' && !std::string_view("\"<>^`{|}").contains(c);
}

std::string encode(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (goes_as_it_is(c)) {
      result += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    result += {'%', kHexDigits[byte >> 4], kHexDigits[byte & 0x0F]};
  }
  return result;
}

std::string decode(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = text[i] == '%' ? base::from_hex(text.substr(i + 1, 2)) : std::nullopt;
    if (byte && byte->size() == 1) {
      result += static_cast<char>(byte->front());
      i += 2;
    } else {
      result += text[i];
    }
  }
  return result;
}

std::string_view path_of(std::string_view target) { return target.substr(0, target.find('?')); }

/// What follows host and port: path, query and fragment, each of which may be missing.
std::string make_target(std::string_view rest) {
  rest = rest.substr(0, rest.find('#'));
  const auto path = path_of(rest);
  auto target = path.empty() ? "/" : remove_dot_segments(path);
  target += rest.substr(path.size());
  return encode(target);
}

/// Whether the text begins with a scheme of its own (RFC 3986 §3.1).
bool has_scheme(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || !is_letter(text.front())) return false;
  return std::ranges::all_of(text.substr(0, colon), [](char c) {
    return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
  });
}

/// Bytes from 0x80 on are parts of characters, which will be percent-encoded.
bool is_forbidden(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < ' ' || byte == 0x7F || c == '\\';
}

}  // namespace

std::string WebAddress::host_field() const {
  const auto own = secure ? kHttpsPort : kHttpPort;
  return port == own ? host.text : host.text + ':' + std::to_string(port);
}

std::string WebAddress::to_string() const {
  return (secure ? "https://" : "http://") + host_field() + target;
}

std::string WebAddress::filename() const {
  const auto path = path_of(target);
  return decode(path.substr(path.rfind('/') + 1));
}

std::optional<HostAndPort> parse_host_and_port(std::string_view text) {
  const auto bracket = text.starts_with('[') ? text.find(']') : 0;
  if (bracket == std::string_view::npos) return std::nullopt;
  const auto colon = text.find(':', bracket);
  auto host = parse_host(text.substr(0, colon));
  if (!host) return std::nullopt;
  HostAndPort result{.host = *std::move(host)};
  if (colon == std::string_view::npos) return result;
  result.port = parse_port(text.substr(colon + 1));
  return result.port ? std::optional(std::move(result)) : std::nullopt;
}

Result<WebAddress> parse_web_address(std::string_view text) {
  text = trim_white_space(text);
  if (text.size() > kMaxUrlBytes) {
    auto error = wrong_url("The url is longer than the 4096 bytes that one may have.");
    error.error().limit = kMaxUrlBytes;
    error.error().actual = text.size();
    return error;
  }
  const auto scheme = lower(text.substr(0, text.find("://")));
  if (scheme.size() == text.size() || (scheme != "http" && scheme != "https")) {
    return wrong_url("The url must begin with https:// or http://.");
  }
  if (std::ranges::any_of(text, is_forbidden)) {
    return wrong_url("The url holds a backslash or a control character: encode it.");
  }
  auto rest = text.substr(scheme.size() + 3);
  const auto authority = rest.substr(0, rest.find_first_of("/?#"));
  if (authority.contains('@')) {
    return wrong_url("The url must not hold a user name or a password.");
  }
  auto place = parse_host_and_port(authority);
  if (!place) {
    return wrong_url(
        "The url names no usable host and port: write a DNS name, an IPv4 address as four decimal "
        "numbers, or an IPv6 address in brackets, and a port from 1 to 65535 if any.");
  }
  rest.remove_prefix(authority.size());
  const bool secure = scheme == "https";
  return WebAddress{.secure = secure,
                    .host = std::move(place->host),
                    .port = place->port.value_or(secure ? kHttpsPort : kHttpPort),
                    .target = make_target(rest)};
}

Result<WebAddress> follow(const WebAddress& from, std::string_view reference) {
  reference = trim_white_space(reference);
  if (!reference.empty() && has_scheme(reference)) return parse_web_address(reference);
  const std::string scheme = from.secure ? "https:" : "http:";
  const std::string_view path = path_of(from.target);
  std::string url = scheme;
  if (!reference.starts_with("//")) url += "//" + from.host_field();
  if (reference.empty() || reference.starts_with('#')) {
    url += from.target;
  } else if (reference.starts_with('?')) {
    url += path;
  } else if (!reference.starts_with('/')) {
    url += path.substr(0, path.rfind('/') + 1);
  }
  url += reference;
  return parse_web_address(url);
}

}  // namespace pixelvault::domain
