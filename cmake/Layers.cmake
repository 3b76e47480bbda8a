# The headers that all layers include, precompiled once. g++ reads them only under the definitions that they were compiled
# with, so the target has none.
file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/standard_headers.cpp" CONTENT "")
add_library(willrun_standard_headers OBJECT "${PROJECT_BINARY_DIR}/standard_headers.cpp")
target_link_libraries(willrun_standard_headers PRIVATE willrun_settings)
target_precompile_headers(willrun_standard_headers PRIVATE <algorithm> <array> <cstdint> <memory> <optional> <span> <string>
                                                           <string_view> <unordered_map> <utility> <variant> <vector>)

# willrun_layer(NAME SOURCES file... [USES layer...] [LINKS target...])
# One folder of lib/ is one static library. USES names the lower layers that its headers or sources include; LINKS the
# third-party targets that this folder alone may see. lib/LAYERS holds the order, and tests/layering checks both.
function(willrun_layer name)
  cmake_parse_arguments(arg "" "" "SOURCES;USES;LINKS" ${ARGN})
  add_library(willrun_${name} STATIC ${arg_SOURCES})
  target_include_directories(willrun_${name} PUBLIC "${PROJECT_SOURCE_DIR}/include" "${PROJECT_SOURCE_DIR}/lib"
                                                    "${PROJECT_SOURCE_DIR}/grammar")
  target_link_libraries(willrun_${name} PRIVATE willrun_settings ${arg_LINKS})
  foreach(used IN LISTS arg_USES)
    target_link_libraries(willrun_${name} PUBLIC willrun_${used})
  endforeach()
  target_precompile_headers(willrun_${name} REUSE_FROM willrun_standard_headers)
  set_property(GLOBAL APPEND PROPERTY WILLRUN_LAYERS willrun_${name})
endfunction()
