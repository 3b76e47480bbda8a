// Every predefined variable by name, and who sees it.
#pragma once

#include <span>
#include <string_view>

namespace willrun::lint {

enum class Seen : std::uint8_t { in_rules, in_job_rules, when_jobs_run };

struct KnownVariable {
  std::string_view name;
  Seen seen;
};

// Sorted by name. What the evaluator's own table has, and what exists only later or depends on the instance. Source:
// documentation of predefined variables and fact table 8.
std::span<const KnownVariable> known_variables();
const KnownVariable* find_known(std::string_view name);

}  // namespace willrun::lint
