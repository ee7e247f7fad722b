#include "api/assets.hpp"

// The symbols of assets.S, named as an assembler does: where each file begins, and where it is
// over. NOLINTBEGIN(readability-identifier-naming)
extern "C" {
extern const char pixelvault_asset_openapi_yaml[], pixelvault_asset_openapi_yaml_end[];
extern const char pixelvault_asset_openapi_json[], pixelvault_asset_openapi_json_end[];
extern const char pixelvault_asset_docs_html[], pixelvault_asset_docs_html_end[];
extern const char pixelvault_asset_errors_html[], pixelvault_asset_errors_html_end[];
extern const char pixelvault_asset_redoc_js[], pixelvault_asset_redoc_js_end[];
extern const char pixelvault_asset_llms_txt[], pixelvault_asset_llms_txt_end[];
extern const char pixelvault_asset_api_catalog[], pixelvault_asset_api_catalog_end[];
}
// NOLINTEND(readability-identifier-naming)

namespace pixelvault::api {

Assets assets() {
  return {
      .openapi_yaml = {pixelvault_asset_openapi_yaml, pixelvault_asset_openapi_yaml_end},
      .openapi_json = {pixelvault_asset_openapi_json, pixelvault_asset_openapi_json_end},
      .docs_html = {pixelvault_asset_docs_html, pixelvault_asset_docs_html_end},
      .errors_html = {pixelvault_asset_errors_html, pixelvault_asset_errors_html_end},
      .redoc_js = {pixelvault_asset_redoc_js, pixelvault_asset_redoc_js_end},
      .llms_txt = {pixelvault_asset_llms_txt, pixelvault_asset_llms_txt_end},
      .api_catalog = {pixelvault_asset_api_catalog, pixelvault_asset_api_catalog_end},
  };
}

}  // namespace pixelvault::api
