#include <fmt/format.h>

#include "model/build.hpp"

namespace willrun::model {

namespace {

void print_variables(const std::vector<Variable>& variables, std::string_view indent, std::string& out) {
  for (const Variable& variable : variables) {
    out += fmt::format("{}variable {} = \"{}\"{}\n", indent, variable.name, variable.value, variable.raw ? " raw" : "");
  }
}

void print_needs(const std::vector<Need>& needs, std::string_view indent, std::string& out) {
  for (const Need& need : needs) {
    out += fmt::format("{}need {}{}{}\n", indent, need.job.value, need.artifacts ? "" : " without artifacts",
                       need.optional ? " optional" : "");
  }
}

void print_paths(std::string_view word, const std::vector<Text>& paths, std::string& out) {
  out += fmt::format("      {}:", word);
  for (const Text& path : paths) out += fmt::format(" \"{}\"", path.value);
  out += '\n';
}

std::string attributes(const std::optional<When>& when, const std::optional<Text>& start_in,
                       const std::optional<bool>& allow_failure, const std::optional<bool>& interruptible) {
  std::string out;
  if (when) out += fmt::format(" when={}", to_string(*when));
  if (start_in) out += fmt::format(" start_in=\"{}\"", start_in->value);
  if (allow_failure) out += fmt::format(" allow_failure={}", *allow_failure);
  if (interruptible) out += fmt::format(" interruptible={}", *interruptible);
  return out;
}

void print_rule(const Rule& rule, std::string& out) {
  out += "    rule" + attributes(rule.when, rule.start_in, rule.allow_failure, rule.interruptible);
  if (rule.condition) out += fmt::format(" if: {}", rule.condition->value);
  out += '\n';
  if (rule.changes) print_paths("changes", rule.changes->paths, out);
  if (rule.exists) print_paths("exists", rule.exists->paths, out);
  print_variables(rule.variables, "      ", out);
  print_needs(rule.needs, "      ", out);
}

}  // namespace

std::string print(const Model& model) {
  std::string out = "stages";
  for (const Text& stage : model.stages) out += fmt::format(" {}", stage.value);
  out += '\n';
  print_variables(model.variables, "", out);
  if (model.workflow.name || model.workflow.rules) out += "workflow\n";
  if (model.workflow.name) out += fmt::format("    name \"{}\"\n", model.workflow.name->value);
  if (model.workflow.rules) {
    for (const Rule& rule : *model.workflow.rules) print_rule(rule, out);
  }
  for (const Job& job : model.jobs) {
    out += fmt::format("job {} stage={}{}\n", job.name.value, job.stage.value,
                       attributes(job.when, job.start_in, job.allow_failure, job.interruptible));
    print_variables(job.variables, "    ", out);
    print_needs(job.needs, "    ", out);
    if (!job.rules) continue;
    for (const Rule& rule : *job.rules) print_rule(rule, out);
  }
  return out;
}

}  // namespace willrun::model
