/* The files of the contract as bytes of the binary, between two symbols each; api/assets.cpp names them for C++. */

.macro asset symbol, file
  .global pixelvault_asset_\symbol, pixelvault_asset_\symbol\()_end
  .balign 16
pixelvault_asset_\symbol:
  .incbin "\file"
pixelvault_asset_\symbol\()_end:
.endm

.section .rodata
asset openapi_yaml, "openapi.yaml"
asset openapi_json, "openapi.json"
asset docs_html, "docs.html"
asset errors_html, "errors.html"
asset redoc_js, "redoc.js"
asset llms_txt, "llms.txt"
asset api_catalog, "api-catalog.json"

/* Nothing here runs, least of all on the stack. */
.section .note.GNU-stack, "", %progbits
