// Deciding scenarios: each against the configuration that it would meet.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <willrun/config.hpp>
#include <willrun/decision.hpp>
#include <willrun/options.hpp>

namespace willrun::scenario {

// A configuration as one trigger or several meet it. Kept as long as anything points into its files.
struct LoadedConfiguration {
  Config config;
  std::optional<Program> program;  // none: it is not valid
};

// Loads a configuration for each trigger; once for all triggers with the same inputs where nothing else of a trigger
// was read. Threads: not shared.
class Configurations {
 public:
  Configurations(std::string path, FileSource& files, const LoadOptions& options)
      : path_(std::move(path)), files_(files), options_(options) {}

  // Stays where it is as long as this lives.
  const LoadedConfiguration& load(const Trigger& trigger);
  // All that were loaded, in that order.
  const std::deque<LoadedConfiguration>& all() const { return loaded_; }

 private:
  using Inputs = std::vector<std::pair<std::string, Value>>;

  std::string path_;
  FileSource& files_;
  LoadOptions options_;
  std::deque<LoadedConfiguration> loaded_;
  std::vector<std::pair<Inputs, const LoadedConfiguration*>> shared_;
};

Decision decide(const LoadedConfiguration& loaded, const Trigger& trigger);

}  // namespace willrun::scenario
