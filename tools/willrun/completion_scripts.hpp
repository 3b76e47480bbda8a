// Scripts with which shells complete willrun's command line. They stand alone: no library of completions is needed.
#pragma once

#include <span>
#include <string>

#include "willrun/command_description.hpp"

namespace willrun::cli {

std::string bash_completion(std::span<const CommandDescription> commands);
std::string zsh_completion(std::span<const CommandDescription> commands);
std::string fish_completion(std::span<const CommandDescription> commands);

}  // namespace willrun::cli
