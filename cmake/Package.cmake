# The installed library: every layer in one archive, the public headers and a CMake package.
get_property(layers GLOBAL PROPERTY WILLRUN_LAYERS)
