#include "api/links.hpp"

#include <boost/json.hpp>
#include <chrono>

#include "api/json_body.hpp"
#include "services/upload_options.hpp"

namespace pixelvault::api {

namespace json = boost::json;
using domain::Result;
using std::chrono::seconds;

namespace {

constexpr NumberRange kLifetimes{.min = services::kMinLifetime, .max = services::kMaxLifetime};

/// The moment twice as a number, since clients read it under both names.
json::object describe(const services::SignedLink& link, const std::string& public_url) {
  const base::Timestamp end{seconds(link.expires)};
  return {{"url", public_url + "/" + link.path},
          {"expires_at", base::to_rfc3339(end)},
          {"signed_expires", link.expires},
          {"expires", link.expires}};
}

}  // namespace

base::task<Result<http::Response>> LinksApi::sign(domain::Caller caller, http::Request& request,
                                                  http::PathValues path) {
  const auto sent = co_await read_optional_json(request);
  if (!sent) co_return std::unexpected(sent.error());
  const auto asked = optional_number(*sent, "expires_in", kLifetimes);
  if (!asked) co_return std::unexpected(asked.error());
  const auto& chosen = *asked;
  const seconds lifetime = chosen ? seconds(*chosen) : services::kDefaultLink;
  const auto link = co_await library_.sign(std::move(caller), path.at(0), lifetime);
  if (!link) co_return std::unexpected(link.error());
  const json::object body{{"data", describe(*link, public_url_)}};
  co_return json_response(200, body);
}

}  // namespace pixelvault::api
