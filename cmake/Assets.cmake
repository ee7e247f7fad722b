# The contract and its pages as objects of the api room: made by contract/tools/build_assets.py, taken into the binary by
# src/api/assets.S. The script of /docs comes from web/, which scripts/web fills.
enable_language(ASM)

set(redoc "${CMAKE_SOURCE_DIR}/web/node_modules/redoc/bundles/redoc.standalone.js")
if(NOT EXISTS "${redoc}")
  message(FATAL_ERROR "The script of the documentation page is missing: run scripts/web once.")
endif()

set(assets_folder "${CMAKE_BINARY_DIR}/assets")
set(assets_files openapi.yaml openapi.json docs.html errors.html redoc.js llms.txt api-catalog.json)
list(TRANSFORM assets_files PREPEND "${assets_folder}/")
file(GLOB assets_pages CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/contract/pages/*")
add_custom_command(
  OUTPUT ${assets_files}
  COMMAND /usr/bin/python3 "${CMAKE_SOURCE_DIR}/contract/tools/build_assets.py" "${redoc}" "${assets_folder}"
  DEPENDS "${CMAKE_SOURCE_DIR}/contract/tools/build_assets.py" "${CMAKE_SOURCE_DIR}/contract/openapi.yaml"
          "${CMAKE_SOURCE_DIR}/contract/errors.yaml" ${assets_pages} "${redoc}"
  COMMENT "Making the pages of the contract" VERBATIM)

add_library(assets OBJECT "${CMAKE_SOURCE_DIR}/src/api/assets.S")
# An assembler knows no warnings of C++ and no sanitizer.
set_target_properties(assets PROPERTIES COMPILE_OPTIONS "")
target_include_directories(assets PRIVATE "${assets_folder}")
set_source_files_properties("${CMAKE_SOURCE_DIR}/src/api/assets.S" PROPERTIES OBJECT_DEPENDS "${assets_files}")
target_sources(room_api PRIVATE $<TARGET_OBJECTS:assets>)
