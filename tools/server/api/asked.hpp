// What explain and preview share: a pipeline that is asked about, of any source, and never made.
#pragma once

#include "server/access.hpp"
#include "server/creation.hpp"

namespace willrun::server {

// From the parameters `source`, `ref`, `target_branch`, `variables` and `inputs`. Throws 400 for one that is wrong.
CreationRequest asked_request(const Call& call, const Member& member);

}  // namespace willrun::server
