# Warnings are errors; sanitizers come from the preset; mold links.
option(PIXELVAULT_FUZZ "Build the fuzz targets (clang's libFuzzer) instead of the tests" OFF)
set(PIXELVAULT_SANITIZE "" CACHE STRING "Sanitizers to build with, e.g. address,undefined")
option(PIXELVAULT_COVERAGE "Build with gcov instrumentation" OFF)

add_compile_options(-Wall -Wextra -Wpedantic -Werror -Wshadow -Wnon-virtual-dtor -Wcast-qual
                    -Wundef -Wimplicit-fallthrough -Wextra-semi -Wconversion -Wno-sign-conversion)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 reports these inside inlined coroutine frames, std::variant and std::string (PR 105651),
  # where they are false.
  add_compile_options(-Wno-maybe-uninitialized -Wno-mismatched-new-delete -Wno-restrict)
endif()

if(PIXELVAULT_SANITIZE)
  add_compile_options(-fsanitize=${PIXELVAULT_SANITIZE} -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${PIXELVAULT_SANITIZE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND PIXELVAULT_SANITIZE MATCHES "thread")
    # GCC 12 warns of every fence, which ThreadSanitizer does not see; Asio's stand beside locks.
    add_compile_options(-Wno-tsan)
  endif()
endif()
if(PIXELVAULT_COVERAGE)
  add_compile_options(--coverage -fprofile-update=atomic)
  add_link_options(--coverage)
endif()
if(PIXELVAULT_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all)
  add_link_options(-fsanitize=address,undefined)
endif()

find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()
