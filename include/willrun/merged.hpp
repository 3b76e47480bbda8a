// A configuration as one YAML text: includes, extends, references and inputs resolved.
#pragma once

#include <cstdint>
#include <string>

#include <willrun/config.hpp>

namespace willrun {

enum class Origins : std::uint8_t {
  none,
  comments,  // behind each key the file and line that it came from: `script: # ci/build.yml:12`
};

// The composed configuration in the form of GitLab's merged YAML (keys in their merged order, Ruby's choice of styles,
// long lines folded at 80; with comments never folded). Empty when composition was not reached. It is there, too, when
// a keyword was refused later.
std::string merged_yaml(const Config& config, Origins origins = Origins::none);

}  // namespace willrun
