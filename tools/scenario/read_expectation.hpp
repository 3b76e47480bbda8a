// What a scenario expects, from its value.
#pragma once

#include "scenario/places.hpp"
#include "scenario/scenario.hpp"

namespace willrun::scenario {

// `expect` is one of the values of `places`, `files` holds their text. Throws tools::WrongValue.
Expectation read_expectation(const Value& expect, const Places& places, const SourceFiles& files);

}  // namespace willrun::scenario
