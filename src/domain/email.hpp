// Addresses of accounts. Whether mail arrives is only known by sending some, so the rule is what
// catches slips of the hand, not all of RFC 5322. Pure.
#pragma once

#include <string>
#include <string_view>

#include "domain/error.hpp"

namespace pixelvault::domain {

/// The address without white space around it, its case kept. At most 254 bytes of UTF-8 (RFC 5321
/// §4.5.3.1.3) with one `@`; before it 1 to 64 bytes without spaces, controls and the characters
/// that need quoting (`"(),:;<>[\]`); after it a host name of at least two labels, so `a@localhost`
/// is refused, of letters, digits, inner hyphens and anything beyond ASCII, 1 to 63 bytes each.
/// InvalidRequest with param `email` otherwise.
Result<std::string> parse_email(std::string_view text);

/// The address in ASCII lower case: addresses that fold to the same are one account's.
std::string fold_email(std::string_view address);

}  // namespace pixelvault::domain
