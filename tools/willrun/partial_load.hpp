// A configuration as far as it can be looked at here.
#pragma once

#include <string_view>
#include <vector>

#include <willrun/config.hpp>

#include "common/recorded_files.hpp"

namespace willrun::cli {

struct PartialLoad {
  Config config;
  // False: files are out of reach that GitLab may well have. What it says is not known then, and `config` has empty
  // files in their place; checks may look at it where it is valid.
  bool whole = true;
  std::vector<Diagnostic> findings;  // GitLab's; in place of errors about files out of reach a warning each
};

// Loads as load() does. `files` is asked twice for the same file where some are out of reach.
PartialLoad load_what_is_there(std::string_view path, tools::RecordedFiles& files, const Trigger& trigger,
                               const LoadOptions& options);

}  // namespace willrun::cli
