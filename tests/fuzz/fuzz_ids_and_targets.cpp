// Ids, keys, cursors' encoding and request targets: what a URL or a header carries in a few
// characters.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/encoding.hpp"
#include "domain/api_key.hpp"
#include "domain/ids.hpp"
#include "http/target.hpp"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

/// An id or key has one spelling: what was parsed gives back the text it was parsed from.
void check_ids(std::string_view text) {
  if (const auto id = pixelvault::domain::ImageId::parse(text)) require(id->to_string() == text);
  if (const auto id = pixelvault::domain::ProjectId::parse(text)) require(id->to_string() == text);
  if (const auto key = pixelvault::domain::ApiKey::parse(text)) require(key->text() == text);
}

void check_encodings(std::string_view text) {
  using namespace pixelvault::base;
  if (const auto bytes = from_base64url(text)) require(to_base64url(*bytes) == text);
  if (const auto bytes = from_hex(text)) require(from_hex(to_hex(*bytes)) == bytes);
  if (const auto bits = from_base32(text)) require(to_base32(*bits) == text);
}

void check_target(std::string_view text) {
  pixelvault::http::Target target;
  if (!pixelvault::http::read_target(text, target)) return;
  require(target.path.starts_with('/'));
  require(target.path.find('\0') == std::string::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_ids(text);
  check_encodings(text);
  check_target(text);
  return 0;
}
