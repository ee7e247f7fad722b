// What the fuzzer of URLs does with one input; the unit tests run it over tests/corpus. It throws
// when a promise is broken, which a fuzzer takes for a crash.
#pragma once

#include <string>
#include <string_view>

#include "domain/address_ranges.hpp"
#include "domain/web_address.hpp"
#include "fuzz/domain_bodies.hpp"

namespace pixelvault::fuzz {

inline void promise_sound(const domain::WebAddress& address) {
  promise(address.port != 0, "there is a port");
  promise(address.target.starts_with('/'), "a target has a path");
  for (const unsigned char c : address.target + address.host.text) {
    promise(c > ' ' && c < 0x7F && c != '\\' && c != '#', "a request line can hold it");
  }
  promise(address.host.text.find_first_of("@/?%") == std::string::npos, "a host is only a host");
  if (address.host.ip) return;
  const auto label = address.host.text.substr(address.host.text.rfind('.') + 1);
  promise(label.find_first_not_of("0123456789") != std::string::npos, "a name is no number");
}

/// One line is a URL; a second is a reference in it.
inline void web_address_body(std::string_view input) {
  const auto end = std::min(input.find('\n'), input.size());
  const auto first = input.substr(0, end);
  if (const auto ip = domain::parse_ipv6(first)) (void)domain::special_range(*ip);
  if (const auto ip = domain::parse_ipv4(first)) (void)domain::special_range(*ip);
  const auto address = domain::parse_web_address(first);
  if (!address) {
    promise(address.error().param == "url", "a refusal names the field");
    return;
  }
  promise_sound(*address);
  (void)address->filename();
  const auto text = address->to_string();
  if (text.size() <= domain::kMaxUrlBytes) {
    promise(domain::parse_web_address(text).value().to_string() == text, "a URL is a URL");
  }
  if (end == input.size()) return;
  if (const auto next = domain::follow(*address, input.substr(end + 1))) promise_sound(*next);
}

}  // namespace pixelvault::fuzz
