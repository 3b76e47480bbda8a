// Triggers as they would be if something differed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <willrun/explain.hpp>
#include <willrun/trigger.hpp>

namespace willrun::eval {

// Whether somebody can make the variable differ: it is none of GitLab's own, or says how a pipeline is started.
bool can_differ(std::string_view variable);

// Gives a variable another value; none: it is not defined. GitLab's own follow from other facts, which change with it:
// another CI_COMMIT_BRANCH is another ref. False where no trigger would do.
bool suppose(Trigger& trigger, std::string_view variable, const std::optional<std::string>& value);

// Makes the patterns of a `changes` or `exists` match a path, or none. False where nothing is compared.
bool suppose(Trigger& trigger, const ExplainedPaths& paths, bool match);

}  // namespace willrun::eval
