// Options that say where files come from, and the source that they make.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include <willrun/config.hpp>

#include "common/read_file.hpp"
#include "common/repository.hpp"
#include "common/sources.hpp"
#include "willrun/command.hpp"

namespace willrun::cli {

// A configuration that was found, and everything it may include.
struct OpenedSource {
  std::unique_ptr<tools::Sources> files;
  tools::FileText text;  // of the configuration, which `files` has too; or why there is none

  // For Trigger::project_tree; to be called while `files` are there.
  std::function<ProjectTree(const std::string&, const std::string&)> trees_of_projects() const;
};

// --rev, --offline
struct SourceFlags {
  std::string revision;
  bool offline = false;

  void declare(CLI::App& app);
  void declare_offline(CLI::App& app);  // for commands that read the disk only
  // As below, with the settings of the place.
  OpenedSource open(const CommandLine& line, const tools::RepositoryFile& place,
                    const std::function<tools::FileText()>& read) const;
  // `read` gives the configuration's text where it does not come from a revision. Throws CannotRun when the settings or
  // the revision cannot be read.
  OpenedSource open(const CommandLine& line, const tools::RepositoryFile& place, tools::Settings settings,
                    const std::function<tools::FileText()>& read) const;
  // Loads the configuration at `place`, which the user named `path`, with `inputs` and without a source.
  Config load_named(const CommandLine& line, const std::string& path, const tools::RepositoryFile& place,
                    std::vector<std::pair<std::string, Value>> inputs, const LoadOptions& options) const;
};

}  // namespace willrun::cli
