// Scripts of jobs, judged by ShellCheck.
#pragma once

#include <string>
#include <vector>

#include <willrun/config.hpp>

namespace willrun::cli {

// What ShellCheck finds wrong with the syntax of scripts, all of them in one run of it; advice about style is left
// alone. `failure` says why it could not be asked.
struct ShellFindings {
  std::vector<Diagnostic> findings;
  std::string failure;
};
ShellFindings check_scripts(const Config& config);

}  // namespace willrun::cli
