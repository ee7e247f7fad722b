# Every third-party library has one target here, so that a room can only link what it names.
# CMake 3.25 knows no Boost after 1.80 and no Boost.URL; both are found all the same.
set(Boost_NO_WARN_NEW_VERSIONS ON)
find_package(Boost 1.81 EXACT REQUIRED COMPONENTS json)
find_package(OpenSSL 3 REQUIRED)
find_package(Threads REQUIRED)
find_package(spdlog REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(PROMETHEUS REQUIRED IMPORTED_TARGET prometheus-cpp-core)

function(vendor name)
  add_library(${name} INTERFACE)
  target_link_libraries(${name} INTERFACE ${ARGN})
endfunction()

vendor(vendor_openssl OpenSSL::Crypto)
vendor(vendor_tls OpenSSL::SSL)
vendor(vendor_spdlog spdlog::spdlog)
vendor(vendor_prometheus PkgConfig::PROMETHEUS)
vendor(vendor_sodium PkgConfig::SODIUM)
vendor(vendor_soci soci_core soci_sqlite3 sqlite3)
if(PIXELVAULT_SANITIZE MATCHES "undefined")
  # SOCI keeps the type information of its classes to itself, which this check asks for.
  target_compile_options(vendor_soci INTERFACE -fno-sanitize=vptr)
endif()
vendor(vendor_json Boost::json)
vendor(vendor_url boost_url)
vendor(vendor_cli11)
vendor(vendor_tomlplusplus)

# Asio and Beast are compiled once (base/asio.cpp, cmake/vendor/beast.cpp) instead of in every source. Asio's
# TLS is in adapters/net_client/asio_tls.cpp.
vendor(vendor_asio Boost::headers Threads::Threads)
target_compile_definitions(vendor_asio INTERFACE
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_DISABLE_BOOST_COROUTINE)
# Two rooms use Beast, so its own sources are a library of their own.
add_library(vendor_beast STATIC "${CMAKE_SOURCE_DIR}/cmake/vendor/beast.cpp")
target_link_libraries(vendor_beast PUBLIC vendor_asio)
target_compile_definitions(vendor_beast PUBLIC BOOST_BEAST_SEPARATE_COMPILATION)
