#include "load/client/s3_signature.hpp"

#include <fmt/format.h>

#include "base/digest.hpp"
#include "base/encoding.hpp"

namespace pixelvault::bench {
namespace {

constexpr std::string_view kSigned = "host;x-amz-content-sha256;x-amz-date";
constexpr std::string_view kPayload = "UNSIGNED-PAYLOAD";

std::string canonical_request(std::string_view host, std::string_view path, std::string_view time) {
  return fmt::format("PUT\n{}\n\nhost:{}\nx-amz-content-sha256:{}\nx-amz-date:{}\n\n{}\n{}", path,
                     host, kPayload, time, kSigned, kPayload);
}

base::Sha256 signing_key(const S3Credentials& credentials, std::string_view day) {
  const auto secret = "AWS4" + credentials.secret;
  auto key = base::hmac_sha256(base::as_bytes(secret), base::as_bytes(day));
  for (const std::string_view word : {std::string_view(credentials.region), std::string_view("s3"),
                                      std::string_view("aws4_request")}) {
    key = base::hmac_sha256(key, base::as_bytes(word));
  }
  return key;
}

}  // namespace

std::string sign_put(const S3Credentials& credentials, std::string_view host, std::string_view path,
                     std::string_view time) {
  const auto day = time.substr(0, 8);
  const auto scope = fmt::format("{}/{}/s3/aws4_request", day, credentials.region);
  const auto request = canonical_request(host, path, time);
  const auto text = fmt::format("AWS4-HMAC-SHA256\n{}\n{}\n{}", time, scope,
                                base::to_hex(base::sha256(base::as_bytes(request))));
  const auto signature =
      base::to_hex(base::hmac_sha256(signing_key(credentials, day), base::as_bytes(text)));
  return fmt::format(
      "x-amz-content-sha256: {}\r\nx-amz-date: {}\r\n"
      "Authorization: AWS4-HMAC-SHA256 Credential={}/{}, SignedHeaders={}, Signature={}\r\n",
      kPayload, time, credentials.key, scope, kSigned, signature);
}

}  // namespace pixelvault::bench
