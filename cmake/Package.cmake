# The library as its users see it: every layer in one archive, the public headers and a CMake package. `willrun::willrun`
# is the only target that tools and other projects link; what the layers link themselves stays private.
get_property(layers GLOBAL PROPERTY WILLRUN_LAYERS)
set(objects ${layers})
list(TRANSFORM objects REPLACE "(.+)" "$<TARGET_OBJECTS:\\1>")

add_library(willrun STATIC ${objects})
add_library(willrun::willrun ALIAS willrun)
set_target_properties(willrun PROPERTIES LINKER_LANGUAGE CXX)
target_compile_features(willrun PUBLIC cxx_std_20)
target_include_directories(willrun INTERFACE "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>"
                                             "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>")
target_link_libraries(willrun PRIVATE yaml-cpp fmt::fmt PkgConfig::libyaml PkgConfig::re2 PkgConfig::utf8proc PkgConfig::sodium)

include(CMakePackageConfigHelpers)
set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/willrun")
configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/willrunConfig.cmake.in"
                              "${PROJECT_BINARY_DIR}/willrunConfig.cmake" INSTALL_DESTINATION "${package_dir}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/willrunConfigVersion.cmake" COMPATIBILITY SameMinorVersion)

install(TARGETS willrun EXPORT willrunTargets ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/willrun" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(EXPORT willrunTargets NAMESPACE willrun:: DESTINATION "${package_dir}")
install(FILES "${PROJECT_BINARY_DIR}/willrunConfig.cmake" "${PROJECT_BINARY_DIR}/willrunConfigVersion.cmake"
        DESTINATION "${package_dir}")
