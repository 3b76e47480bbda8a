// Expectations written anew in their file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <willrun/decision.hpp>

#include "scenario/read.hpp"

namespace willrun::scenario {

struct UpdatedText {
  std::string text;
  std::vector<std::string> updated;  // names of scenarios
  std::vector<std::string> left;     // that cannot be written: their expectation is shared by an anchor, say
};

// The text of the file in which failing scenarios expect what was decided. Every change is read again before it is
// taken: it must make its own scenario pass and leave names, facts and all other expectations as they are. `decisions`
// are those of file.scenarios; one without a decision is left alone.
UpdatedText update(const ScenarioFile& file, const std::vector<std::optional<Decision>>& decisions,
                   const tools::Settings& settings);

}  // namespace willrun::scenario
