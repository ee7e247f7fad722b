#include "api/guards.hpp"

#include "http/field.hpp"

namespace pixelvault::api {

std::optional<std::string> bearer_credential(const http::Request& request) {
  const auto header = request.header("Authorization");
  if (!header) return std::nullopt;
  const auto space = header->find(' ');
  // The scheme's case does not matter (RFC 9110 §11.1).
  if (!http::equals_ignoring_case(std::string_view(*header).substr(0, space), "Bearer"))
    return std::nullopt;
  if (space == std::string::npos) return std::nullopt;
  return std::string(http::trim(std::string_view(*header).substr(space)));
}

base::task<http::Response> respond(const http::Request& request, Answer answer) {
  auto result = co_await std::move(answer);
  if (!result) co_return problem(result.error(), request.request_id);
  co_return *std::move(result);
}

}  // namespace pixelvault::api
