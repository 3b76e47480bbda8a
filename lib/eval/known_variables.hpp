// Every variable that GitLab or its runners set, by name: the one list of them.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace willrun::eval {

enum class Seen : std::uint8_t { in_rules, in_job_rules, when_jobs_run };

struct KnownVariable {
  std::string_view name;
  Seen seen;
  bool by_people = false;  // GitLab reads it or may set it, but people set it too
};

// Sorted by name. What the evaluator's own table has, and what exists only later or depends on the instance. Source:
// documentation of predefined variables and fact table 8.
std::span<const KnownVariable> known_variables();
const KnownVariable* find_known(std::string_view name);

// Whether GitLab alone gives the variable its value, so that nobody is asked for it.
bool is_gitlabs(std::string_view name);

// Whether a name begins as GitLab's own do. Nobody is kept from such a name: it may be GitLab's, or be meant for it.
bool looks_like_gitlabs(std::string_view name);

}  // namespace willrun::eval
