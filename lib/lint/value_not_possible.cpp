// A comparison with a value that a predefined variable never has.
#include <fmt/format.h>
#include <algorithm>
#include <map>
#include <willrun/nearest.hpp>
#include <willrun/trigger.hpp>

#include "lint/check.hpp"

namespace willrun::lint {

namespace {

using Words = std::vector<std::string_view>;

const std::map<std::string_view, Words>& possible_values() {
  static const std::map<std::string_view, Words> all = [] {
    Words sources;
    for (int i = 1; !to_string(static_cast<PipelineSource>(i)).empty(); ++i) {
      sources.push_back(to_string(static_cast<PipelineSource>(i)));
      if (static_cast<PipelineSource>(i) == PipelineSource::dependency_management_security_update) break;
    }
    const Words flags = {"true", "false"};
    return std::map<std::string_view, Words>{
        {"CI_PIPELINE_SOURCE", sources},
        {"CI_MERGE_REQUEST_EVENT_TYPE", {"detached", "merged_result", "merge_train"}},
        {"CI_PROJECT_VISIBILITY", {"private", "internal", "public"}},
        {"CI_COMMIT_REF_PROTECTED", flags},
        {"CI_MERGE_REQUEST_DRAFT", flags},
        {"CI_MERGE_REQUEST_SQUASH_ON_MERGE", flags},
        {"CI_MERGE_REQUEST_TARGET_BRANCH_PROTECTED", flags},
        {"CI_MERGE_REQUEST_SOURCE_BRANCH_PROTECTED", flags},
        {"CI", {"true"}},
        {"GITLAB_CI", {"true"}},
        {"CI_PIPELINE_TRIGGERED", {"true"}},
        {"CI_SERVER_PROTOCOL", {"http", "https"}},
        {"CI_ENVIRONMENT_ACTION", {"start", "prepare", "stop", "verify", "access"}},
        {"CI_ENVIRONMENT_TIER", {"production", "staging", "testing", "development", "other"}},
    };
  }();
  return all;
}

void check(const Subject& subject, const Condition& condition, const expr::Node& variable, const expr::Node& text,
           Findings& findings) {
  if (variable.kind != expr::TokenKind::variable || text.kind != expr::TokenKind::string) return;
  const auto known = possible_values().find(variable.content.of(condition.text));
  const std::string_view value = text.content.of(condition.text);
  if (known == possible_values().end() || value.empty() || std::ranges::count(known->second, value) > 0) return;
  findings.add(subject.span(condition, text.range), fmt::format("{} is never `{}`", known->first, value),
               suggestion(value, known->second));
}

void run(const Subject& subject, Findings& findings) {
  for (const Condition& condition : subject.conditions) {
    for (const expr::Node& node : condition.tree.nodes) {
      if (node.kind != expr::TokenKind::equals && node.kind != expr::TokenKind::not_equals) continue;
      const expr::Node& left = condition.tree.nodes[node.children.left];
      const expr::Node& right = condition.tree.nodes[node.children.right];
      check(subject, condition, left, right, findings);
      check(subject, condition, right, left, findings);
    }
  }
}

}  // namespace

extern const Check value_not_possible;
const Check value_not_possible = {
    diag::Code::value_not_possible,
    "The variable has one of a few words, and this is none of them, so the comparison never changes.", run};

}  // namespace willrun::lint
