// NAME=VALUE as it stands on a command line or in a file.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace willrun::cli {

using Assignment = std::pair<std::string, std::string>;

// Splits at the first `=`. Throws a UsageError that names the option when there is none or no name stands before it.
Assignment parse_assignment(std::string_view option, std::string_view text);

// Pipeline variables of `--var`: names of letters, digits and `_` as GitLab takes them, and `@FILE` as a value is the
// text of that file. A name that is given twice is a UsageError.
std::vector<Assignment> parse_variables(const std::vector<std::string>& texts, const std::filesystem::path& directory);

// The lines of a file as assignments: `#` begins a comment line, empty lines and a leading `export ` do not count, and
// the value is everything behind the `=` as it stands. `notes` gets a line where quotes became part of a value.
std::vector<Assignment> read_variable_file(const std::filesystem::path& file, std::string_view shown,
                                           std::vector<std::string>& notes);

// Values of `more` are put behind or over those of `all`.
void override_with(std::vector<Assignment>& all, std::vector<Assignment> more);

}  // namespace willrun::cli
