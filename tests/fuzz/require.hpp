// What fuzz targets demand: a broken property stops the program, in every kind of build.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>

namespace willrun {

inline void require(bool holds, const char* property, const std::string& about) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n  %s\n", property, about.c_str());
  std::abort();
}

}  // namespace willrun
