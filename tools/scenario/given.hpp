// From the facts of a scenario to a trigger.
#pragma once

#include <willrun/trigger.hpp>
#include <willrun/value.hpp>

#include "common/settings.hpp"

namespace willrun::scenario {

// `given`: a context (docs/context.md), over the usual trigger of its source. Throws tools::WrongValue.
Trigger trigger_of(const Value& given, const tools::Settings& settings);

}  // namespace willrun::scenario
