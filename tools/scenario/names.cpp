#include "scenario/names.hpp"

#include <algorithm>

#include <willrun/nearest.hpp>

namespace willrun::scenario {

namespace {

// "test 1/3" and "test: [a, b]" are instances of "test".
bool is_instance(std::string_view job, std::string_view name) {
  if (job.size() <= name.size() + 1 || !job.starts_with(name)) return false;
  const std::string_view rest = job.substr(name.size());
  return rest.starts_with(": [") || (rest[0] == ' ' && rest.find('/') != std::string_view::npos);
}

}  // namespace

JobNames job_names(const Decision& decision) {
  JobNames names;
  for (const JobDecision& job : decision.jobs) names.emplace(job.name);
  for (const LeftOutJob& job : decision.left_out) names.emplace(job.name);
  return names;
}

std::string advice(std::string_view name, const JobNames& known) {
  const bool instances = std::ranges::any_of(known, [&](const auto& job) { return is_instance(job, name); });
  if (instances) return "write `" + std::string(name) + "*` for its instances";
  const std::vector<std::string_view> names(known.begin(), known.end());
  return suggestion(name, names);
}

}  // namespace willrun::scenario
