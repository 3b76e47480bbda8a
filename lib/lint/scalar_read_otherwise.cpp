// A plain value of a variable that YAML turns into another text.
#include <fmt/format.h>

#include "lint/check.hpp"
#include "ruby/print.hpp"

namespace willrun::lint {

namespace {

// What GitLab makes of the value, as YAML 1.1 reads it.
void check_value(const Subject& subject, yaml::NodeId node, Findings& findings) {
  const yaml::Node& value = subject.tree[node];
  const bool typed =
      value.kind == ValueKind::integer || value.kind == ValueKind::floating || value.kind == ValueKind::boolean;
  if (!typed || value.style != yaml::Style::plain) return;
  const std::string_view written = subject.files.text(subject.tree.span(node));
  const std::string read = ruby::to_s(subject.tree, node);
  if (written == read || written.find('\n') != std::string_view::npos) return;
  findings.add(subject.tree.span(node), fmt::format("YAML reads `{}` as {}", written, read),
               fmt::format("for the text as it stands: \"{}\"; for what is read now: \"{}\"", written, read),
               Fix{subject.tree.span(node), fmt::format("\"{}\"", written)});
}

void check_variables(const Subject& subject, yaml::NodeId map, Findings& findings) {
  const yaml::NodeId variables = subject.tree.find(map, "variables");
  if (variables == yaml::kNoNode) return;
  for (const yaml::Entry& entry : subject.tree.entries(variables)) {
    const yaml::NodeId value =
        subject.tree.is_mapping(entry.value) ? subject.tree.find(entry.value, "value") : entry.value;
    if (value != yaml::kNoNode) check_value(subject, value, findings);
  }
}

// Each combination gives variables too.
void check_matrix(const Subject& subject, yaml::NodeId job, Findings& findings) {
  const yaml::NodeId matrix = subject.tree.find(subject.tree.find(job, "parallel"), "matrix");
  if (matrix == yaml::kNoNode) return;
  each_scalar(subject.tree, matrix, [&](yaml::NodeId node, yaml::NodeId) { check_value(subject, node, findings); });
}

void run(const Subject& subject, Findings& findings) {
  check_variables(subject, subject.composed, findings);
  for (const model::Job& job : subject.model.jobs) check_variables(subject, job.config, findings);
  for (const yaml::Entry& entry : subject.tree.entries(subject.composed)) check_matrix(subject, entry.value, findings);
  for (const RuleList& list : subject.lists) {
    for (const Rule& rule : list.rules) check_variables(subject, rule.node, findings);
  }
}

}  // namespace

extern const Check scalar_read_otherwise;
const Check scalar_read_otherwise = {diag::Code::scalar_read_otherwise,
                                     "YAML 1.1 has octal numbers (`0644` is 420), base sixty (`1:30` is 90), "
                                     "underscores and `yes`, `no`, `on`, `off`. Quotes keep the text.",
                                     run};

}  // namespace willrun::lint
