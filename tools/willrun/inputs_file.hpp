// Values for spec:inputs from a file.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <willrun/value.hpp>

namespace willrun::cli {

// Reads a YAML map (JSON is YAML) of names to values. A text that is none throws CannotRun with the diagnostics
// printed.
std::vector<std::pair<std::string, Value>> read_inputs_file(const std::filesystem::path& file, std::string_view shown);

}  // namespace willrun::cli
