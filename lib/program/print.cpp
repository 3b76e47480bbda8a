#include <fmt/format.h>

#include "machine/print.hpp"
#include "program/program.hpp"

namespace willrun::program {

namespace {

void print_paths(const Program& program, std::string_view clause, std::uint32_t index, std::string& out) {
  if (index == kNone) return;
  const PathSet& set = program.path_sets[index];
  out += fmt::format("    {}", clause);
  for (const PathPattern& pattern : set.patterns)
    out += fmt::format(" \"{}\"{}", pattern.text, pattern.glob ? "" : "$");
  if (set.compare_to) out += fmt::format(" compare_to \"{}\"", set.compare_to->value);
  out += '\n';
}

void print_rules(const Program& program, RuleRange range, std::string& out) {
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    const Rule& rule = program.rules[i];
    out += fmt::format("  rule {}", rule.source);
    if (rule.has_when) out += fmt::format(" when={}", to_string(rule.when));
    if (const auto may_fail = program.effects[i].allow_failure) out += fmt::format(" allow_failure={}", *may_fail);
    if (rule.own_scope) out += " own-scope";
    out += '\n';
    if (rule.condition != kNone) {
      out += machine::print(program.conditions(), static_cast<machine::ExpressionId>(rule.condition), "    ");
    }
    print_paths(program, "changes", rule.changes, out);
    print_paths(program, "exists", rule.exists, out);
  }
}

}  // namespace

std::string print(const Program& program) {
  std::string out;
  const machine::ExpressionPool& pool = program.conditions();
  for (std::uint32_t slot = 0; slot < pool.variable_count(); ++slot) {
    out += fmt::format("slot {} ${}\n", slot, pool.variable_name(slot));
  }
  if (program.has_workflow_rules) out += "workflow\n";
  print_rules(program, program.workflow, out);
  for (std::size_t i = 0; i < program.jobs.size(); ++i) {
    const Job& job = program.jobs[i];
    out += fmt::format("job {} stage={}\n", program.model->jobs[i].name.value, program.model->stages[job.stage].value);
    for (std::uint32_t own = job.own.begin; own < job.own.end; ++own) {
      const OwnVariable& variable = program.own_variables[own];
      out += fmt::format("  own slot {} = \"{}\"{}\n", variable.slot, variable.value,
                         variable.predefined ? " predefined" : "");
    }
    print_rules(program, job.rules, out);
  }
  return out;
}

}  // namespace willrun::program
