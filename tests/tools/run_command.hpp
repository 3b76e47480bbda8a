// Commands in process.
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "tools/scratch_folder.hpp"
#include "willrun/command_line.hpp"

namespace willrun::cli {

struct Ran {
  Exit code;
  std::string out;
  std::string err;
};

inline Ran run_in(const std::filesystem::path& directory, std::vector<std::string> arguments, std::string input = {}) {
  std::istringstream in(std::move(input));
  std::ostringstream out;
  std::ostringstream err;
  const CommandLine line{.arguments = std::move(arguments), .in = in, .out = out, .err = err, .directory = directory};
  const Exit code = run(line);
  return {code, std::move(out).str(), std::move(err).str()};
}

}  // namespace willrun::cli
