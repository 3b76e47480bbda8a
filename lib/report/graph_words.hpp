// What a picture says of one job: under its name in the box, and on hover.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <willrun/graph.hpp>

namespace willrun::report {

// Words under the name: "manual", "may fail", "starts at once". Empty for a job that just runs in its turn.
std::vector<std::string> marks(const GraphJob& job);

// "starts group/project", "mirrors another pipeline"; empty for jobs that are no bridges. Not yet safe to print.
std::string bridge_words(const GraphJob& job);

// Lines that say everything of a job, its name first; safe to print.
std::vector<std::string> details(const Graph& graph, const GraphJob& job);

// What is said of the pipeline, one line each: the verdict, its name and the rule that let it be; safe to print.
std::vector<std::string> heading(const Graph& graph);
// The same, folded to this many columns.
std::vector<std::string> folded_heading(const Graph& graph, std::uint32_t columns);

// The numbers of the jobs of each stage.
std::vector<std::vector<std::uint32_t>> jobs_by_stage(const Graph& graph);

std::string joined(const std::vector<std::string>& texts, std::string_view between);

}  // namespace willrun::report
