// A trigger from a file: everything that rules may ask for, for machines without the repository. docs/context.md says
// what may stand in it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <willrun/trigger.hpp>

namespace willrun::tools {

struct ContextOutcome {
  Trigger trigger;
  std::string failure;  // "FILE: what is wrong"; empty when the file was read
};

// YAML or JSON. What the file leaves out is as in a default Trigger.
ContextOutcome read_context(const std::filesystem::path& file);

// Variables of settings: names with a text, or a map of value and flags. `name` is what messages call the map. Throws
// WrongValue.
std::vector<SettingVariable> read_setting_variables(const Value& value, std::string_view name);

}  // namespace willrun::tools
