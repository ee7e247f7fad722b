#include "domain/idempotency.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/encoding.hpp"

namespace pixelvault::domain {

namespace {

constexpr std::size_t kMaxKeyCharacters = 255;

/// One field; its length before it, so that no two lists of fields read the same.
void append(std::string& text, std::string_view field) {
  text += std::to_string(field.size());
  text += ':';
  text += field;
}

void append(std::string& text, std::optional<std::uint32_t> seconds) {
  append(text, seconds ? std::to_string(*seconds) : std::string());
}

}  // namespace

UploadIdentity identify(const UploadFacts& facts, std::optional<std::string> key) {
  std::string text = "upload 1 ";
  append(text, facts.project.to_string());
  append(text, environment_name(facts.environment));
  append(text, base::to_hex(facts.sha256));
  append(text, facts.filename);
  append(text, facts.folder);
  append(text, facts.visibility == Visibility::Private ? "private" : "public");
  append(text, facts.expires_in);
  append(text, facts.metadata);
  if (key) append(text, facts.sign_expires_in);
  return {.key = std::move(key), .fingerprint = base::sha256(base::as_bytes(text))};
}

bool is_idempotency_key(std::string_view text) {
  return !text.empty() && text.size() <= kMaxKeyCharacters &&
         std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

}  // namespace pixelvault::domain
