// Options that name a configuration and a trigger, and the question that they ask.
#pragma once

#include <string>

#include <willrun/config.hpp>
#include <willrun/decision.hpp>
#include <willrun/report.hpp>
#include <willrun/trigger.hpp>

#include "common/repository.hpp"
#include "willrun/command.hpp"
#include "willrun/flags.hpp"
#include "willrun/source_flags.hpp"
#include "willrun/trigger_flags.hpp"

namespace willrun::cli {

// A trigger, and the configuration that it meets, found and not yet loaded.
struct Question {
  tools::RepositoryFile place;
  LoadOptions options;
  Trigger trigger;
  OpenedSource opened;
  std::string refusal;  // GitLab's text where it does not know the ref; nothing is opened then

  ShownPaths paths() const { return {place.prefix, place.folder}; }  // views into `place`
  Config load() const;
  // The decision of a refusal: GitLab looks no further.
  Decision refused() const;
};

// --file, --repo, and those of a trigger, of sources and of loading.
struct PipelineFlags {
  TriggerFlags trigger;
  std::string file = ".gitlab-ci.yml";
  std::string repository;
  SourceFlags sources;
  LoadFlags load;

  void declare(CLI::App& app);          // the trigger and the place
  void declare_reading(CLI::App& app);  // how files are found and read
  // Prints notes about facts that were guessed. Throws CannotRun when the configuration cannot be read.
  Question question(const CommandLine& line) const;

 private:
  tools::RepositoryFile place(const CommandLine& line) const;
};

}  // namespace willrun::cli
