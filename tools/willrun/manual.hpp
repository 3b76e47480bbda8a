// Manual pages.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "willrun/command_description.hpp"

namespace willrun::cli {

// `willrun.1`: the commands, the files and the environment.
std::string manual_overview(std::span<const CommandDescription> commands, std::string_view version);

// `willrun-NAME.1`: what the help says, in the sections of a manual page.
std::string manual_page(const CommandDescription& command, std::string_view version);

}  // namespace willrun::cli
