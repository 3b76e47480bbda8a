# Compiler flags of our own targets, ccache where it is present, and the sanitizers of the presets.
add_library(willrun_settings INTERFACE)
target_compile_options(willrun_settings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wconversion
                                                  -Wno-sign-conversion -Wno-missing-field-initializers)
if(WILLRUN_WERROR)
  target_compile_options(willrun_settings INTERFACE -Werror)
endif()
# g++ 12 sees errors in std::string's own code that are none; which ones depends on what it inlines. The sanitizers look
# where these warnings would.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(willrun_settings INTERFACE -Wno-array-bounds -Wno-stringop-overflow -Wno-restrict)
endif()
# g++ takes the types in anonymous namespaces of all sources but the one it was called with for types of headers.
if(CMAKE_UNITY_BUILD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-Wno-subobject-linkage)
endif()
# Some libraries ask for it, and precompiled headers serve only those who ask for the same.
add_compile_options(-pthread)
if(WILLRUN_SANITIZE)
  add_compile_options(-fsanitize=${WILLRUN_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer -g1)
  add_link_options(-fsanitize=${WILLRUN_SANITIZE})
endif()

find_program(WILLRUN_CCACHE ccache)
if(WILLRUN_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Precompiled headers are only cached under these two settings.
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env CCACHE_SLOPPINESS=pch_defines,time_macros
                                  "${WILLRUN_CCACHE}")
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-fpch-preprocess)
  endif()
endif()
