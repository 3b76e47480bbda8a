// The usual ways in which a pipeline starts, side by side.
#pragma once

#include <string_view>

#include <willrun/file_source.hpp>
#include <willrun/options.hpp>
#include <willrun/trigger.hpp>

#include "willrun/command_line.hpp"

namespace willrun::cli {

// A table: a row for each job that any of them has, a column for each way. Facts of the repository, variables and
// inputs are those of `trigger`. Ok when some of them create a pipeline.
Exit print_all_contexts(const CommandLine& line, std::string_view path, FileSource& files, const Trigger& trigger,
                        const LoadOptions& options);

}  // namespace willrun::cli
