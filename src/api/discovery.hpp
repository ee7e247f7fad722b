// How programs and people find the API: the index, the contract, the documentation and the catalog
// (contract §1, RFC 8631, RFC 9727). Everything is in the binary; nothing is read or asked for. Any
// thread may call.
#pragma once

#include <string>
#include <string_view>

#include "base/task.hpp"
#include "domain/error.hpp"
#include "http/router.hpp"

namespace pixelvault::api {

class DiscoveryApi {
 public:
  /// `version` is the server's, as `pixelvault version` tells it.
  explicit DiscoveryApi(std::string_view version);

  using Answer = base::task<domain::Result<http::Response>>;

  Answer index(http::Request& request, http::PathValues path);
  Answer openapi_yaml(http::Request& request, http::PathValues path);
  Answer openapi_json(http::Request& request, http::PathValues path);
  Answer docs(http::Request& request, http::PathValues path);
  Answer error_docs(http::Request& request, http::PathValues path);
  /// The files that the documentation page needs; NotFound for every other name.
  Answer docs_asset(http::Request& request, http::PathValues path);
  Answer llms_txt(http::Request& request, http::PathValues path);
  Answer api_catalog(http::Request& request, http::PathValues path);

 private:
  /// What is served under one path, with the entity tag of its content. The content
  /// outlives every answer, which may share it.
  struct Document {
    Document(std::string media_type, std::string_view content);

    http::Response answer(const http::Request& request) const;

    std::string type;
    std::string_view body;
    std::string etag;
    std::string policy = {};  ///< Content-Security-Policy, of pages
    std::string link = {};    ///< Link, of the index
  };

  const std::string index_text_;
  Document index_, openapi_yaml_, openapi_json_, docs_, errors_, redoc_js_, llms_txt_, api_catalog_;
};

}  // namespace pixelvault::api
