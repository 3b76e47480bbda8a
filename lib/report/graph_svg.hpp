// The SVG of a pipeline, alone or inside a page.
#pragma once

#include <string>
#include <string_view>

#include <willrun/graph.hpp>

namespace willrun::report {

// Colours and fonts of the picture, light and dark; all of it below `.graph`.
std::string_view graph_style();

// The element alone, without style, heading and background. Jobs are `<g class="job" id="jobN">` that can take the
// focus, arrows `<path class="need" data-from="N" data-to="N">`, N as in Graph::jobs.
std::string graph_element(const Graph& graph);

}  // namespace willrun::report
