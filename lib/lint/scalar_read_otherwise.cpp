// A plain value of a variable that YAML turns into another text, and a number that it turns into another number.
#include <fmt/format.h>
#include <algorithm>
#include <array>

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

// A number with zeros in front is octal. GitLab takes a number here and no text: quotes would be refused.
void check_number(const Subject& subject, yaml::NodeId node, Findings& findings) {
  const yaml::Node& value = subject.tree[node];
  if (value.kind != ValueKind::integer || value.style != yaml::Style::plain) return;
  const std::string_view written = subject.files.text(subject.tree.span(node));
  if (written.empty() || written.find_first_not_of("0123456789") != std::string_view::npos) return;
  const std::string_view digits = written.substr(std::min(written.find_first_not_of('0'), written.size() - 1));
  const std::string read = ruby::to_s(subject.tree, node);
  if (digits == read) return;
  findings.add(subject.tree.span(node), fmt::format("YAML reads `{}` as {}", written, read),
               fmt::format("for the digits as they stand: {}; for what is read now: {}", digits, read),
               Fix{subject.tree.span(node), std::string(digits)});
}

// Of a job, or of `default:`.
void check_numbers(const Subject& subject, yaml::NodeId map, Findings& findings) {
  const yaml::Tree& tree = subject.tree;
  constexpr std::array<std::string_view, 3> kOfNumbers = {"parallel", "retry", "allow_failure"};
  for (const std::string_view keyword : kOfNumbers) {
    const yaml::NodeId value = tree.find(map, keyword);
    const bool is_matrix = keyword == "parallel" && value != yaml::kNoNode && tree.is_mapping(value);
    if (value == yaml::kNoNode || is_matrix) continue;
    each_scalar(tree, value, [&](yaml::NodeId node, yaml::NodeId) { check_number(subject, node, findings); });
  }
}

void check_services(const Subject& subject, yaml::NodeId map, Findings& findings) {
  yaml::each_flat(subject.tree, subject.tree.find(map, "services"),
                  [&](yaml::NodeId service) { check_variables(subject, service, findings); });
}

void find_scalar_read_otherwise(const Subject& subject, Findings& findings) {
  check_variables(subject, subject.composed, findings);
  for (const model::Job& job : subject.model.jobs) check_variables(subject, job.config, findings);
  for (const yaml::Entry& entry : subject.tree.entries(subject.composed)) check_matrix(subject, entry.value, findings);
  for (const RuleList& list : subject.lists) {
    for (const Rule& rule : list.rules) check_variables(subject, rule.node, findings);
  }
  check_services(subject, subject.composed, findings);
  const yaml::NodeId defaults = subject.tree.find(subject.composed, "default");
  check_services(subject, defaults, findings);
  check_numbers(subject, defaults, findings);
  for (const model::Job& job : subject.model.jobs) {
    check_services(subject, job.config, findings);
    check_numbers(subject, job.config, findings);
  }
}

}  // namespace

extern const Check scalar_read_otherwise;
const Check scalar_read_otherwise = {diag::Code::scalar_read_otherwise,
                                     "YAML 1.1 has octal numbers (`0644` is 420), base sixty (`1:30` is 5400), "
                                     "underscores and `yes`, `no`, `on`, `off`. Quotes keep the text "
                                     "of a variable; numbers of `parallel`, `retry` and exit codes are written without "
                                     "zeros in front.",
                                     find_scalar_read_otherwise};

}  // namespace willrun::lint
