// Whether `include:rules` let a file in.
#pragma once

#include <willrun/explain.hpp>
#include <willrun/trigger.hpp>

#include "compose/include.hpp"
#include "model/model.hpp"

namespace willrun::eval {

// `rules`: what model::read_include_rules() gave. Conditions see the project, the pipeline and the variables of
// settings and trigger; nothing of the file, of jobs or of the user.
compose::Admission admits_include(model::Model rules, const Trigger& trigger, const Limits& limits);

// The same, watched: what `explained` says of rules, of what came of them, and of the way in.
compose::Admission admits_include(model::Model rules, const Trigger& trigger, const Limits& limits,
                                  ExplainedInclude& explained);

// What addresses of includes and `expand_vars` see, lowest level first.
std::vector<Variable> include_variables(const Trigger& trigger);

}  // namespace willrun::eval
