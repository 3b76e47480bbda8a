#include "lint/usual.hpp"

#include <algorithm>
#include <array>

#include "eval/decide.hpp"
#include "eval/known_variables.hpp"
#include "expr/parser.hpp"

namespace willrun::lint {

namespace {

using expr::TokenKind;

// What a trigger alone decides.
constexpr std::array<std::string_view, 13> kOfTrigger = {"CI_PIPELINE_SOURCE",
                                                         "CI_COMMIT_BRANCH",
                                                         "CI_COMMIT_TAG",
                                                         "CI_COMMIT_REF_NAME",
                                                         "CI_COMMIT_REF_SLUG",
                                                         "CI_DEFAULT_BRANCH",
                                                         "CI_OPEN_MERGE_REQUESTS",
                                                         "CI_MERGE_REQUEST_ID",
                                                         "CI_MERGE_REQUEST_IID",
                                                         "CI_MERGE_REQUEST_EVENT_TYPE",
                                                         "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME",
                                                         "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
                                                         "CI"};
constexpr std::array<std::string_view, 2> kRefKinds = {"branches", "tags"};
constexpr std::string_view kMergeRequests = "merge_requests";

bool has(std::span<const std::string_view> words, std::string_view word) { return std::ranges::count(words, word) > 0; }

bool is_of_file(const model::Model& model, const model::Job& job, std::string_view name) {
  const auto sets = [&](const std::vector<model::Variable>& all) {
    return std::ranges::count(all, name, &model::Variable::name) > 0;
  };
  return sets(model.variables) || sets(job.variables);
}

// The pipeline's branch, or the one that its merge request goes to, is the default one.
bool is_about_default_branch(const Trigger& trigger) {
  return trigger.ref_kind == RefKind::merge_request || trigger.ref == trigger.default_branch;
}

// `given`: variables that count as decided too.
bool decides(const model::Model& model, const model::Job& job, std::string_view condition, const UsualPipeline& usual,
             std::span<const std::string_view> given = {}) {
  const expr::Tree tree = expr::parse(condition).tree;
  bool names = false;  // a name of a branch or tag may stand there
  for (const expr::Node& node : tree.nodes) {
    if (!expr::is_operand(node.kind)) continue;
    const std::string_view text = node.content.of(condition);
    if (node.kind == TokenKind::variable && !has(kOfTrigger, text) && !has(given, text) &&
        !is_of_file(model, job, text))
      return false;
    if (node.kind == TokenKind::input) return false;
    names = names || node.kind == TokenKind::pattern || (node.kind == TokenKind::string && !parse_source(text));
  }
  return !names || !is_about_default_branch(usual.trigger);
}

When when_of(const model::Job& job, const model::Rule& rule) {
  return rule.when.value_or(job.when.value_or(When::on_success));
}

// Rules that never let a job in may only take away what is left out here anyway.
bool rules_decide(const model::Model& model, const model::Job& job, const UsualPipeline& usual) {
  return std::ranges::all_of(*job.rules, [&](const model::Rule& rule) {
    if (when_of(job, rule) == When::never) return !rule.changes && !rule.exists;
    if (rule.changes || rule.exists) return false;
    return !rule.condition || decides(model, job, rule.condition->value, usual);
  });
}

// A workflow rule gives the variable.
bool is_of_workflow(const model::Model& model, std::string_view name) {
  return model.workflow.rules && std::ranges::any_of(*model.workflow.rules, [&](const model::Rule& rule) {
           return std::ranges::count(rule.variables, name, &model::Variable::name) > 0;
         });
}

// Variables of a condition that nothing of the file and no trigger gives.
std::vector<std::string_view> own_variables(const model::Model& model, const model::Job& job,
                                            std::string_view condition) {
  std::vector<std::string_view> all;
  for (const expr::Node& node : expr::parse(condition).tree.nodes) {
    if (node.kind != TokenKind::variable) continue;
    const std::string_view name = node.content.of(condition);
    if (!eval::is_gitlabs(name) && !eval::looks_like_gitlabs(name) && !is_of_file(model, job, name) &&
        !is_of_workflow(model, name) && !has(all, name))
      all.push_back(name);
  }
  return all;
}

bool is_source_or_kind(std::string_view ref) {
  if (has(kRefKinds, ref)) return true;
  constexpr std::array<std::string_view, 10> kSources = {
      kMergeRequests, "pushes", "schedules", "triggers", "web", "webs", "api", "apis", "pipelines", "external"};
  return has(kSources, ref);
}

bool only_decides(const model::Policy& only, const UsualPipeline& usual) {
  const bool to_default = is_about_default_branch(usual.trigger);
  const auto refs = only.refs.value_or(std::vector<model::Text>());
  // Names of branches never match merge requests.
  if (usual.trigger.ref_kind == RefKind::merge_request && only.refs &&
      std::ranges::none_of(refs, [](const model::Text& ref) { return ref.value.starts_with("merge_request"); }))
    return true;
  if (only.variables || only.kubernetes) return false;
  return !to_default || std::ranges::all_of(refs, [](const model::Text& ref) { return is_source_or_kind(ref.value); });
}

bool except_decides(const model::Policy& except) {
  if (except.variables || except.kubernetes || except.changes) return false;
  return !except.refs ||
         std::ranges::all_of(*except.refs, [](const model::Text& ref) { return is_source_or_kind(ref.value); });
}

}  // namespace

UsualPipeline decide_usual(const model::Model& model, const std::shared_ptr<const program::Program>& program,
                           UsualTrigger usual) {
  const Decision decision = eval::decide(program, usual.trigger);
  UsualPipeline made{std::move(usual.name), std::move(usual.trigger), false, {}};
  made.starts = decision.stopped_at == Step::none || decision.stopped_at >= Step::jobs;
  made.left_out.resize(model.jobs.size());
  // Both are in file order.
  auto left_out = decision.left_out.begin();
  for (std::size_t i = 0; i < model.jobs.size() && left_out != decision.left_out.end(); ++i) {
    if (left_out->name != model.jobs[i].name.value) continue;
    made.left_out[i] = true;
    ++left_out;
  }
  return made;
}

std::vector<UsualPipeline> usual_pipelines(const model::Model& model,
                                           const std::shared_ptr<const program::Program>& program) {
  std::vector<UsualPipeline> all;
  for (UsualTrigger& usual : usual_triggers({})) all.push_back(decide_usual(model, program, std::move(usual)));
  return all;
}

bool surely_left_out(const model::Model& model, const model::Job& job, const UsualPipeline& usual) {
  if (job.rules) return rules_decide(model, job, usual);
  return (!job.only || only_decides(*job.only, usual)) && (!job.except || except_decides(*job.except));
}

std::vector<UsualPipeline> unchanged_pipelines(const model::Model& model,
                                               const std::shared_ptr<const program::Program>& program) {
  std::vector<UsualPipeline> all;
  for (UsualTrigger& usual : usual_triggers({})) {
    if (!usual.trigger.compares_changes()) continue;
    usual.trigger.changed_files = std::vector<std::string>{"a/path/that/no-rule-names"};
    all.push_back(decide_usual(model, program, std::move(usual)));
  }
  return all;
}

std::optional<Waiting> waits(const model::Model& model, const model::Job& job, const UsualPipeline& usual) {
  if (!job.rules) return std::nullopt;
  Waiting waiting;
  for (const model::Rule& rule : *job.rules) {
    if (when_of(job, rule) == When::never) {
      if (rule.changes || rule.exists) return std::nullopt;
      continue;
    }
    if (rule.exists || (rule.changes && rule.changes->compare_to)) return std::nullopt;
    waiting.changes = waiting.changes || rule.changes;
    if (!rule.condition) continue;
    const auto own = own_variables(model, job, rule.condition->value);
    // Files that did not change keep the job out, whatever else the rule asks for.
    if (!rule.changes && !decides(model, job, rule.condition->value, usual, own)) return std::nullopt;
    for (const std::string_view name : rule.changes ? std::vector<std::string_view>() : own) {
      if (!has(waiting.variables, name)) waiting.variables.push_back(name);
    }
  }
  return waiting;
}

bool surely_in(const model::Model& model, const model::Job& job, const UsualPipeline& usual) {
  if (!job.rules) {
    return (!job.only || (!job.only->variables && !job.only->kubernetes && !job.only->changes)) &&
           (!job.except || (!job.except->variables && !job.except->kubernetes && !job.except->changes));
  }
  bool may_miss = false;  // a rule that is not sure to hold came before
  for (const model::Rule& rule : *job.rules) {
    const bool never = when_of(job, rule) == When::never;
    const bool known =
        !rule.changes && !rule.exists && (!rule.condition || decides(model, job, rule.condition->value, usual));
    if (!known && never) return false;
    if (known && !rule.condition) return !never;
    may_miss = may_miss || !known;
  }
  return !may_miss;
}

bool depends_on_files(const model::Job& job) {
  return job.rules && std::ranges::any_of(*job.rules, [](const model::Rule& rule) { return rule.exists.has_value(); });
}

}  // namespace willrun::lint
