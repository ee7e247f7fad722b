#include "api/discovery.hpp"

#include <boost/json.hpp>
#include <memory>
#include <string_view>
#include <utility>
#include <variant>

#include "api/assets.hpp"
#include "base/byte_source.hpp"
#include "base/digest.hpp"
#include "base/encoding.hpp"
#include "http/conditional.hpp"

namespace pixelvault::api {

namespace json = boost::json;
using domain::Result;

namespace {

constexpr const char* kLinks =
    "</openapi.json>; rel=\"service-desc\"; type=\"application/vnd.oai.openapi+json\", "
    "</docs>; rel=\"service-doc\"; type=\"text/html\", "
    "</.well-known/api-catalog>; rel=\"api-catalog\"";

/// The script styles by elements that it makes, searches in a worker that it makes, and asks nobody
/// but this server.
constexpr const char* kDocsPolicy =
    "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; worker-src blob:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";
constexpr const char* kPagePolicy =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";

std::string describe_server(std::string_view version) {
  const json::object data{{"name", "PixelVault"},
                          {"version", version},
                          {"docs", "/docs"},
                          {"errors", "/docs/errors"},
                          {"openapi", "/openapi.json"},
                          {"llms", "/llms.txt"},
                          {"api_catalog", "/.well-known/api-catalog"}};
  return json::serialize(json::object{{"data", data}});
}

/// A text that outlives every answer, so that a large one is sent from where it is.
class SharedText final : public base::ByteSource {
 public:
  explicit SharedText(std::string_view text) : rest_(text) {}

  base::task<base::ReadResult> read() override {
    co_return base::as_bytes(std::exchange(rest_, {}));
  }

 private:
  std::string_view rest_;
};

/// Below this a copy, which goes out with the header in one call, costs less than another call.
constexpr std::size_t kCopied = 16UL * 1024;

std::variant<std::string, http::StreamedBody> body_of(std::string_view text) {
  if (text.size() <= kCopied) return std::string(text);
  return http::StreamedBody{.source = std::make_unique<SharedText>(text), .length = text.size()};
}

bool is_current(const http::Request& request, std::string_view etag) {
  const auto if_none_match = request.header("If-None-Match");
  const http::Conditions conditions{.if_none_match = if_none_match};
  return http::evaluate(conditions, {.etag = etag, .last_modified = {}}) ==
         http::Precondition::NotModified;
}

}  // namespace

DiscoveryApi::Document::Document(std::string media_type, std::string_view content)
    : type(std::move(media_type)),
      body(content),
      etag('"' + base::to_hex(base::sha256(base::as_bytes(body))) + '"') {}

http::Response DiscoveryApi::Document::answer(const http::Request& request) const {
  http::Response response;
  response.add("Content-Type", type);
  response.add("X-Content-Type-Options", "nosniff");
  // Short, so that a new version of the server is seen soon; a client that has this one gets 304.
  response.add("Cache-Control", "public, max-age=300");
  response.add("ETag", etag);
  response.add("Access-Control-Allow-Origin", "*");
  if (!policy.empty()) response.add("Content-Security-Policy", policy);
  if (!link.empty()) response.add("Link", link);
  if (is_current(request, etag)) {
    response.status = 304;
  } else {
    response.body = body_of(body);
  }
  return response;
}

DiscoveryApi::DiscoveryApi(std::string_view version)
    : index_text_(describe_server(version)),
      index_("application/json", index_text_),
      openapi_yaml_("application/yaml", assets().openapi_yaml),
      openapi_json_("application/json", assets().openapi_json),
      docs_("text/html; charset=utf-8", assets().docs_html),
      errors_("text/html; charset=utf-8", assets().errors_html),
      redoc_js_("text/javascript; charset=utf-8", assets().redoc_js),
      llms_txt_("text/plain; charset=utf-8", assets().llms_txt),
      // The profile is RFC 9727's, §4.2.
      api_catalog_("application/linkset+json; profile=\"https://www.rfc-editor.org/info/rfc9727\"",
                   assets().api_catalog) {
  index_.link = kLinks;
  docs_.policy = kDocsPolicy;
  errors_.policy = kPagePolicy;
  api_catalog_.link = "</.well-known/api-catalog>; rel=\"api-catalog\"";
}

DiscoveryApi::Answer DiscoveryApi::index(http::Request& request, http::PathValues) {
  co_return index_.answer(request);
}

DiscoveryApi::Answer DiscoveryApi::openapi_yaml(http::Request& request, http::PathValues) {
  co_return openapi_yaml_.answer(request);
}

DiscoveryApi::Answer DiscoveryApi::openapi_json(http::Request& request, http::PathValues) {
  co_return openapi_json_.answer(request);
}

DiscoveryApi::Answer DiscoveryApi::docs(http::Request& request, http::PathValues) {
  co_return docs_.answer(request);
}

DiscoveryApi::Answer DiscoveryApi::error_docs(http::Request& request, http::PathValues) {
  co_return errors_.answer(request);
}

DiscoveryApi::Answer DiscoveryApi::docs_asset(http::Request& request, http::PathValues path) {
  if (path.at(0) == "redoc.js") co_return redoc_js_.answer(request);
  co_return domain::fail({.code = domain::ErrorCode::NotFound,
                          .message = "There is nothing at this path: the documentation is /docs."});
}

DiscoveryApi::Answer DiscoveryApi::llms_txt(http::Request& request, http::PathValues) {
  co_return llms_txt_.answer(request);
}

DiscoveryApi::Answer DiscoveryApi::api_catalog(http::Request& request, http::PathValues) {
  co_return api_catalog_.answer(request);
}

}  // namespace pixelvault::api
