// A comparison with a value that a variable or an input never has.
#include <fmt/format.h>
#include <algorithm>
#include <functional>
#include <map>
#include <willrun/nearest.hpp>
#include <willrun/trigger.hpp>

#include "expr/parser.hpp"
#include "lint/check.hpp"
#include "lint/respell.hpp"

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

// What a name can be; nothing where anything goes.
using PossibleValues = std::function<std::optional<Words>(std::string_view name)>;

// Calls `visit` with the name's node and the text's node of each comparison with a text.
template <class Visit>
void each_comparison(const Condition& condition, expr::TokenKind kind, const Visit& visit) {
  const auto& nodes = condition.tree.nodes;
  for (const expr::Node& node : nodes) {
    if (node.kind != expr::TokenKind::equals && node.kind != expr::TokenKind::not_equals) continue;
    const expr::Node& left = nodes[node.children.left];
    const expr::Node& right = nodes[node.children.right];
    if (left.kind == kind && right.kind == expr::TokenKind::string) visit(left, right);
    if (right.kind == kind && left.kind == expr::TokenKind::string) visit(right, left);
  }
}

constexpr std::size_t kShortestStart = 4;  // bytes of a word that may stand for a longer one

// The near word, or the only one that goes on behind the value: `merge_requests` is `merge_request_event`.
std::string_view meant(std::string_view value, const Words& words) {
  if (const std::string_view near = nearest(value, words); !near.empty()) return near;
  if (value.size() < kShortestStart) return {};
  if (value.ends_with('s')) value.remove_suffix(1);
  const auto goes_on = [&](std::string_view word) { return word.starts_with(value); };
  const auto found = std::ranges::find_if(words, goes_on);
  return found != words.end() && std::ranges::count_if(words, goes_on) == 1 ? *found : std::string_view();
}

void check(const Subject& subject, const Condition& condition, expr::TokenKind kind, const PossibleValues& possible,
           Findings& findings) {
  each_comparison(condition, kind, [&](const expr::Node& name, const expr::Node& text) {
    const std::string_view value = text.content.of(condition.text);
    const auto words = possible(name.content.of(condition.text));
    if (!words || value.empty() || std::ranges::count(*words, value) > 0) return;
    const std::string_view near = meant(value, *words);
    findings.add(subject.span(condition, text.range),
                 fmt::format("{} is never `{}`", name.content.of(condition.text), value),
                 near.empty() ? std::string() : fmt::format("did you mean `{}`?", near),
                 near.empty() ? std::nullopt : rewrite(subject, condition, text.content, near));
  });
}

Words texts_of(const yaml::Tree& tree, yaml::NodeId list) {
  Words words;
  for (const yaml::NodeId item : tree.items(list)) words.push_back(tree.text(item));
  return words;
}

// `options` of variables of the file; a variable that rules or jobs set too may be anything.
std::map<std::string_view, Words> listed_variables(const Subject& subject) {
  std::map<std::string_view, Words> listed;
  const yaml::NodeId variables = subject.tree.find(subject.composed, "variables");
  if (variables == yaml::kNoNode) return listed;
  for (const yaml::Entry& entry : subject.tree.entries(variables)) {
    const yaml::NodeId options = subject.tree.find(entry.value, "options");
    if (options != yaml::kNoNode) listed.emplace(subject.tree.text(entry.key), texts_of(subject.tree, options));
  }
  const auto forget = [&](const std::vector<model::Variable>& set) {
    for (const model::Variable& variable : set) listed.erase(variable.name);
  };
  for (const model::Job& job : subject.model.jobs) forget(job.variables);
  for (const RuleList& list : subject.lists) {
    for (const Rule& rule : list.rules) forget(rule.model->variables);
  }
  return listed;
}

Condition parsed(const Subject& subject, yaml::NodeId written) {
  Condition condition;
  condition.text = subject.tree.text(written);
  condition.node = written;
  condition.tree = expr::parse(condition.text, subject.options.limits).tree;
  return condition;
}

// Rules of inputs compare inputs.
void check_rules_of(const Subject& subject, yaml::NodeId input, const PossibleValues& possible, Findings& findings) {
  const yaml::NodeId rules = subject.tree.find(input, "rules");
  if (rules == yaml::kNoNode) return;
  for (const yaml::NodeId rule : subject.tree.items(rules)) {
    const yaml::NodeId written = subject.tree.find(rule, "if");
    if (written != yaml::kNoNode) check(subject, parsed(subject, written), expr::TokenKind::input, possible, findings);
  }
}

// `NAME` of a text that is `$[[ inputs.NAME ]]` and nothing else.
std::string_view whole_input(std::string_view text) {
  constexpr std::string_view kOpen = "$[[";
  constexpr std::string_view kInputs = "inputs.";
  if (!text.starts_with(kOpen) || !text.ends_with("]]")) return {};
  text = text.substr(kOpen.size(), text.size() - kOpen.size() - 2);
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  text = text.substr(0, text.find_last_not_of(' ') + 1);
  if (!text.starts_with(kInputs)) return {};
  text.remove_prefix(kInputs.size());
  return text.find_first_of(" .[]|") == std::string_view::npos ? text : std::string_view();
}

// Conditions of the file as written, where a text in quotes is an input: `"$[[ inputs.to ]]" == "production"`.
void check_filled_in(const Subject& subject, yaml::NodeId written, const PossibleValues& possible, Findings& findings) {
  const Condition condition = parsed(subject, written);
  each_comparison(condition, expr::TokenKind::string, [&](const expr::Node& name, const expr::Node& text) {
    const std::string_view input = whole_input(name.content.of(condition.text));
    const std::string_view value = text.content.of(condition.text);
    const auto words = input.empty() ? std::nullopt : possible(input);
    if (!words || value.find("$[[") != std::string_view::npos || std::ranges::count(*words, value) > 0) return;
    const std::string_view near = meant(value, *words);
    findings.add(subject.span(condition, text.range), fmt::format("the input {} is never `{}`", input, value),
                 near.empty() ? std::string() : fmt::format("did you mean `{}`?", near),
                 near.empty() ? std::nullopt : rewrite(subject, condition, text.content, near));
  });
}

void check_inputs(const Subject& subject, Findings& findings) {
  if (!subject.text.has_header) return;
  const yaml::Tree& tree = subject.tree;
  const yaml::NodeId inputs = tree.find(tree.find(subject.text.header, "spec"), "inputs");
  if (inputs == yaml::kNoNode) return;
  const auto possible = [&](std::string_view name) -> std::optional<Words> {
    const yaml::NodeId input = tree.find(inputs, name);
    const yaml::NodeId options = tree.find(input, "options");
    if (options != yaml::kNoNode) return texts_of(tree, options);
    const yaml::NodeId type = tree.find(input, "type");
    if (type != yaml::kNoNode && tree.text(type) == "boolean") return Words{"true", "false"};
    return std::nullopt;
  };
  for (const yaml::Entry& entry : tree.entries(inputs)) check_rules_of(subject, entry.value, possible, findings);
  each_scalar(tree, subject.text.content, [&](yaml::NodeId node, yaml::NodeId key) {
    const bool is_condition = key != yaml::kNoNode && tree.text(key) == "if" && tree.is_string(node);
    if (is_condition && tree.text(node).find("$[[") != std::string_view::npos)
      check_filled_in(subject, node, possible, findings);
  });
}

void find_value_not_possible(const Subject& subject, Findings& findings) {
  const auto listed = listed_variables(subject);
  const auto possible = [&](std::string_view name) -> std::optional<Words> {
    const auto predefined = possible_values().find(name);
    if (predefined != possible_values().end() && !subject.sets(name)) return predefined->second;
    const auto known = listed.find(name);
    return known == listed.end() ? std::nullopt : std::optional(known->second);
  };
  for (const Condition& condition : subject.conditions)
    check(subject, condition, expr::TokenKind::variable, possible, findings);
  check_inputs(subject, findings);
}

}  // namespace

extern const Check value_not_possible;
const Check value_not_possible = {
    diag::Code::value_not_possible,
    "The variable or input has one of a few words, by GitLab or by its own `options`, and this is none of them, so the "
    "comparison never changes.",
    find_value_not_possible};

}  // namespace willrun::lint
