// Signs S3 requests (AWS Signature Version 4) for the peers that take no anonymous uploads. The
// body is left out of the signature (UNSIGNED-PAYLOAD), so that neither side spends time on it.
// Pure: the time is given.
#pragma once

#include <string>
#include <string_view>

namespace pixelvault::bench {

struct S3Credentials {
  std::string key;
  std::string secret;
  std::string region;
};

/// The header lines that make `PUT path` to `host` a signed request, each ended by CRLF. `time` is
/// `20130524T000000Z`; `path` needs no percent-encoding.
std::string sign_put(const S3Credentials& credentials, std::string_view host, std::string_view path,
                     std::string_view time);

}  // namespace pixelvault::bench
