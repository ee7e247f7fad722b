#include "domain/email.hpp"

#include <algorithm>
#include <cstddef>

#include "domain/utf8.hpp"

namespace pixelvault::domain {
namespace {

constexpr std::size_t kMaxAddressBytes = 254;
constexpr std::size_t kMaxLocalBytes = 64;
constexpr std::size_t kMaxLabelBytes = 63;
constexpr std::string_view kNeedsQuoting = "\"(),:;<>[\\] @";

bool is_local_part(std::string_view text) {
  return !text.empty() && text.size() <= kMaxLocalBytes &&
         text.find_first_of(kNeedsQuoting) == std::string_view::npos;
}

bool is_label_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_label(std::string_view text) {
  return !text.empty() && text.size() <= kMaxLabelBytes && !text.starts_with('-') &&
         !text.ends_with('-') && std::ranges::all_of(text, is_label_character);
}

bool is_domain(std::string_view text) {
  std::size_t labels = 1;
  for (auto dot = text.find('.'); dot != std::string_view::npos; dot = text.find('.'), ++labels) {
    if (!is_label(text.substr(0, dot))) return false;
    text.remove_prefix(dot + 1);
  }
  return labels > 1 && is_label(text);
}

}  // namespace

Result<std::string> parse_email(std::string_view text) {
  const auto address = trim_white_space(text);
  const auto at = address.find('@');
  if (at == std::string_view::npos || address.size() > kMaxAddressBytes || !is_printable(address) ||
      !is_local_part(address.substr(0, at)) || !is_domain(address.substr(at + 1))) {
    return fail({.code = ErrorCode::InvalidRequest,
                 .message = "This is not an e-mail address; write it like name@example.com.",
                 .param = "email"});
  }
  return std::string(address);
}

std::string fold_email(std::string_view address) {
  std::string folded(address);
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

}  // namespace pixelvault::domain
