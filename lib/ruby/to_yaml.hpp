// YAML as Ruby writes it: the form in which GitLab shows a merged configuration.
#pragma once

#include <string>

#include "yaml/tree.hpp"

namespace willrun::ruby {

// How wide a line may be before a long text is folded.
enum class Fold : std::uint8_t {
  as_ruby,  // at 80 columns
  never,
};

// `---`, then the value in block style, a list at the column of its key; the scalar styles are those that Psych 4
// chooses. Shared nodes are written out each time. Recursion is as deep as the value, which loading bounds.
std::string to_yaml(const yaml::Tree& tree, yaml::NodeId root, Fold fold = Fold::as_ruby);

}  // namespace willrun::ruby
