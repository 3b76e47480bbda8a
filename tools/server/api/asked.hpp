// What explain and preview share: a pipeline that is asked about, of any source, and never made.
#pragma once

#include <willrun/explain.hpp>

#include "server/access.hpp"
#include "server/creation.hpp"

namespace willrun::server {

// From the parameters `source`, `ref`, `target_branch`, `variables` and `inputs`; of source `trigger` with
// TRIGGER_PAYLOAD. Throws 400 for one that is wrong.
CreationRequest asked_request(const Call& call, const Member& member);

// explain() of what was created with `wants_trigger`, from a configuration that is valid. Values of settings are hidden
// from those who may not see settings.
Explanation explanation_for(const Member& member, const Creation& creation, std::string_view job);

}  // namespace willrun::server
