// What a pipeline of a source stands on that no request gives: the files of a push, the merge request of a branch.
#pragma once

#include <willrun/trigger.hpp>

#include "server/creation.hpp"
#include "server/repositories.hpp"

namespace willrun::server {

// Fills them in for Trigger::source, which the request names. A push is that of the last commit of its branch; a merge
// request goes from the branch to CreationRequest::target_branch; variables of a schedule are its own.
void add_source_facts(const ProjectRepository& repository, const CreationRequest& request, Trigger& trigger);

}  // namespace willrun::server
