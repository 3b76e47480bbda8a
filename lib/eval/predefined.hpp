// The predefined variables of a trigger: one table of names, levels and values.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <willrun/trigger.hpp>

#include "eval/level.hpp"

namespace willrun::eval {

// One predefined variable. `value` gives nothing where the variable does not exist for this trigger.
struct PredefinedRow {
  std::string_view name;
  Level level;
  std::optional<std::string> (*value)(const Trigger& trigger);
  bool jobs_only = false;  // not before jobs are looked at; stands behind the row that holds until then
};

// All rows, lowest level first. Sources: documentation of predefined variables, fact table 8, conformance categories
// `predefined` and `precedence_predefined`.
std::span<const PredefinedRow> predefined_rows();

}  // namespace willrun::eval
