// Triggers by the word for what starts the pipeline.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <willrun/trigger.hpp>

namespace willrun::tools {

// GitLab's word for a source, or `mr` for merge_request_event; none for other words and the empty one.
std::optional<PipelineSource> source_of_word(std::string_view word);

// The usual trigger of a source. A push is an update of an existing branch; a merge request has no target branch yet.
Trigger usual_trigger(PipelineSource source, const std::string& ref, bool tag);

}  // namespace willrun::tools
