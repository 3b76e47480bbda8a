// A file of scenarios, from text to values.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <willrun/diagnostic.hpp>
#include <willrun/yaml_node.hpp>

#include "common/settings.hpp"
#include "scenario/places.hpp"
#include "scenario/scenario.hpp"

namespace willrun::scenario {

struct ScenarioFile {
  std::unique_ptr<YamlNodes> nodes;     // the text and its tree
  std::unique_ptr<Places> places;       // none when the text is no YAML
  std::string configuration;            // path from the repository's root
  std::vector<Scenario> scenarios;      // those that could be read, in the order of the file
  std::vector<Diagnostic> diagnostics;  // what is wrong; nothing is to be run then
  std::vector<std::string> notes;       // what has no effect, though it was hardly meant so

  // The map of a scenario, one of the values of `places`.
  const Value& scenario_value(std::size_t index) const;
};

// Reads a text as the file `name`. Facts that a scenario does not give come from `settings` (default branch, protected
// refs) and else have plain values: nothing is taken from a repository's state.
ScenarioFile read_scenarios(std::string_view text, std::string name, const tools::Settings& settings);

// A finding about a file of scenarios.
Diagnostic wrong_scenario(Span span, std::string message, std::string help = {});

}  // namespace willrun::scenario
