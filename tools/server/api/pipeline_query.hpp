// The filters and orders of a list of pipelines.
#pragma once

#include <string_view>

#include "server/api/answers.hpp"
#include "server/store.hpp"

namespace willrun::server {

// GitLab's parameters: ref, source, status, sha, name, scope, username, yaml_errors, bounds of times, order_by, sort.
PipelineQuery pipeline_query(const Call& call, const Paging& page, Checks& checks);

// Whether a pipeline or job of GitLab may have this status.
bool is_status(std::string_view text);

}  // namespace willrun::server
