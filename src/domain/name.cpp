#include "domain/name.hpp"

#include "domain/utf8.hpp"

namespace pixelvault::domain {
namespace {

Result<std::string> parse(std::string_view text, std::string_view param) {
  const auto name = trim_white_space(text);
  const auto length = count_characters(name);
  if (length > kMaxNameCharacters) {
    return fail({.code = ErrorCode::InvalidRequest,
                 .message = "The " + std::string(param) + " must have at most 100 characters.",
                 .param = std::string(param),
                 .limit = kMaxNameCharacters,
                 .actual = length});
  }
  if (!is_printable(name)) {
    return fail({.code = ErrorCode::InvalidRequest,
                 .message = "The " + std::string(param) +
                            " must be one line of text without control characters.",
                 .param = std::string(param)});
  }
  return std::string(name);
}

}  // namespace

Result<std::string> parse_project_name(std::string_view text) {
  auto name = parse(text, "name");
  if (name && name->empty()) {
    return fail({.code = ErrorCode::InvalidRequest,
                 .message = "The name is empty: a project needs one of 1 to 100 characters.",
                 .param = "name"});
  }
  return name;
}

Result<std::string> parse_label(std::string_view text) { return parse(text, "label"); }

}  // namespace pixelvault::domain
