// The contract and its pages, as they were when the server was built: bytes of the binary itself
// (assets.S). Used by the DiscoveryApi and by the test that holds the route table against the
// contract. Any thread may look.
#pragma once

#include <string_view>

namespace pixelvault::api {

struct Assets {
  std::string_view openapi_yaml;  ///< contract/openapi.yaml as it stands there
  std::string_view openapi_json;  ///< the same as JSON
  std::string_view docs_html;
  std::string_view errors_html;
  std::string_view redoc_js;  ///< the script of docs_html
  std::string_view llms_txt;
  std::string_view api_catalog;  ///< a link set as JSON (RFC 9264, RFC 9727)
};

Assets assets();

}  // namespace pixelvault::api
