#include "eval/recorder.hpp"

#include "eval/suppose.hpp"
#include "expr/parser.hpp"
#include "ruby/print.hpp"
#include "vars/mask.hpp"

namespace willrun::eval {

namespace {

using program::kNone;

// Those that are hidden, visible for this trigger or not: a value may have come by another way.
std::vector<Variable> masked_variables(const Trigger& trigger) {
  std::vector<Variable> masked;
  const auto add = [&](const Variable& variable) {
    if (variable.masked) masked.push_back(variable);
  };
  const auto add_settings = [&](const std::vector<SettingVariable>& settings) {
    for (const SettingVariable& setting : settings) add(setting.variable);
  };
  add_settings(trigger.deployment_variables);
  add_settings(trigger.instance_variables);
  for (const auto& group : trigger.group_variables) add_settings(group);
  add_settings(trigger.project_variables);
  for (const Variable& variable : trigger.variables) add(variable);
  for (const Variable& variable : trigger.schedule_variables) add(variable);
  return masked;
}

std::optional<std::string> value_of(const machine::Operand& operand) {
  return operand.is_null() ? std::nullopt : std::optional(ruby::to_s(machine::to_value(operand)));
}

Paths paths_fact(std::uint32_t set, const std::optional<ExplainedPaths>& answer) {
  if (set == kNone) return Paths::hold;
  if (!answer) return Paths::fail;
  if (answer->held && (answer->with == ComparedWith::nothing || answer->with == ComparedWith::unknown))
    return Paths::hold;
  return answer->held ? Paths::match : Paths::no_match;
}

// The texts of comparisons, and of operands that stand for themselves.
std::vector<std::string_view> leaves(std::string_view condition) {
  const expr::Tree tree = expr::parse(condition).tree;
  std::vector<bool> is_compared(tree.nodes.size(), false);
  for (const expr::Node& node : tree.nodes) {
    if (!expr::is_comparison(node.kind)) continue;
    is_compared[node.children.left] = true;
    is_compared[node.children.right] = true;
  }
  std::vector<std::string_view> all;
  for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
    const expr::Node& node = tree.nodes[i];
    if (expr::is_comparison(node.kind)) {
      const expr::Range left = tree.nodes[node.children.left].range;
      const expr::Range right = tree.nodes[node.children.right].range;
      all.push_back(expr::Range{left.begin, std::max(left.end, right.end)}.of(condition));
    } else if (expr::is_operand(node.kind) && !is_compared[i]) {
      all.push_back(node.range.of(condition));
    }
  }
  return all;
}

}  // namespace

std::optional<WayIn> RecordedRules::way_in(const Trigger& trigger,
                                           const std::function<bool(const Trigger&)>& works) const {
  const auto value = [&](std::string_view name) {
    const auto known = values.find(name);
    return known == values.end() ? std::nullopt : known->second;
  };
  const auto works_with = [&](std::span<const Change> changes) {
    Trigger supposed = trigger;
    for (const Change& change : changes) {
      const auto& of_rule = change.exists ? paths[change.rule].second : paths[change.rule].first;
      const bool possible = change.variable.empty() ? suppose(supposed, *of_rule, change.match)
                                                    : suppose(supposed, change.variable, change.value);
      if (!possible) return false;
    }
    return works(supposed);
  };
  auto way = eval::way_in(facts, {value, can_differ, works_with});
  if (!way) return std::nullopt;
  for (std::string& text : way->differences) text = vars::mask(std::move(text), masked);
  return way;
}

Recorder::Recorder(const program::Program& program, const Trigger& trigger, std::optional<std::uint32_t> job)
    : program_(program), job_(job), masked_(masked_variables(trigger)) {
  workflow_.masked = job_rules_.masked = masked_;
}

std::string Recorder::hide(std::string text) const { return vars::mask(std::move(text), masked_); }

void Recorder::rule_evaluated(const program::Rule& rule, const model::Job* job, const Clauses& clauses, Rules& rules) {
  if (job != nullptr && (!job_ || job != &program_.model->jobs[*job_])) return;
  RecordedRules& list = job != nullptr ? job_rules_ : workflow_;
  if (list.rules.empty()) foresee(list, job, rules);
  ExplainedRule& made = list.rules[rule.source];
  made.reached = true;
  if (rules.error()) {
    made.error = hide(rules.error()->text);
    return;
  }
  made.condition = clauses.condition;
  if (clauses.changes) made.changes = shown(rules.changes_of(rule, job));
  if (clauses.exists) made.exists = shown(rules.exists_of(rule, job));
  made.matched = clauses.condition.value_or(true) && clauses.changes.value_or(true) && clauses.exists.value_or(true);
}

// All rules of the list, with what they would read.
void Recorder::foresee(RecordedRules& list, const model::Job* job, Rules& rules) const {
  const program::RuleRange range = job != nullptr ? program_.jobs[*job_].rules : program_.workflow;
  const auto& sources = job != nullptr ? *job->rules : *program_.model->workflow.rules;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    const program::Rule& rule = program_.rules[i];
    const model::Rule& source = sources[rule.source];
    list.rules.push_back(foreseen(rule, source, job, rules.scope()));
    list.paths.emplace_back(rules.changes_of(rule, job), rules.exists_of(rule, job));
    list.facts.push_back({list.rules.back().rule.condition, list.rules.back().when == When::never,
                          paths_fact(rule.changes, list.paths.back().first),
                          paths_fact(rule.exists, list.paths.back().second)});
    if (rule.condition == kNone) continue;
    for (const std::uint32_t slot :
         program_.conditions().slots_read(static_cast<machine::ExpressionId>(rule.condition)))
      list.values.emplace(program_.conditions().variable_name(slot), value_of(rules.scope().slots()[slot]));
  }
}

ExplainedRule Recorder::foreseen(const program::Rule& rule, const model::Rule& source, const model::Job* job,
                                 const Scope& scope) const {
  ExplainedRule made;
  made.rule = {rule.source, source.span, source.condition ? source.condition->value : std::string_view()};
  const When usual = job != nullptr ? job->when.value_or(When::on_success) : When::always;
  made.when = rule.has_when ? rule.when : usual;
  if (rule.condition == kNone) return made;
  read(rule.condition, scope, made.read);
  made.parts = parts(made.rule.condition, scope);
  return made;
}

void Recorder::read(std::uint32_t condition, const Scope& scope, std::vector<ReadVariable>& read) const {
  const machine::ExpressionPool& pool = program_.conditions();
  for (const std::uint32_t slot : pool.slots_read(static_cast<machine::ExpressionId>(condition))) {
    ReadVariable variable;
    variable.name = pool.variable_name(slot);
    if (auto value = value_of(scope.slots()[slot])) variable.value = hide(std::move(*value));
    variable.level = word(scope.level(slot));
    variable.overrides = word(scope.overridden(slot));
    if (variable.overrides == variable.level) variable.overrides = {};
    read.push_back(std::move(variable));
  }
}

// Each part is asked of the evaluator; a part that is no condition by itself is left out.
std::vector<ConditionPart> Recorder::parts(std::string_view condition, const Scope& scope) const {
  const std::vector<std::string_view> texts = leaves(condition);
  std::vector<ConditionPart> all;
  if (texts.size() < 2) return all;
  machine::ExpressionPool pool(program_.limits);
  machine::PatternCache patterns(program_.limits.pattern_cache);
  for (const std::string_view text : texts) {
    const auto added = pool.add(text);
    const auto* id = std::get_if<machine::ExpressionId>(&added);
    if (id == nullptr) continue;
    std::vector<machine::Operand> values(pool.variable_count());
    for (std::uint32_t slot = 0; slot < values.size(); ++slot) {
      if (const auto known = program_.conditions().variable_slot(pool.variable_name(slot)))
        values[slot] = scope.slots()[*known];
    }
    const machine::Evaluation result = machine::evaluate(pool, *id, {values, {}}, patterns);
    if (!result.crashed()) all.push_back({std::string(text), machine::truthful(result.value)});
  }
  return all;
}

std::optional<ExplainedPaths> Recorder::shown(std::optional<ExplainedPaths> paths) const {
  if (!paths) return std::nullopt;
  for (std::string* text : {&paths->pattern, &paths->path, &paths->other}) *text = hide(std::move(*text));
  for (std::string& pattern : paths->patterns) pattern = hide(std::move(pattern));
  return paths;
}

ExplainedClause Recorder::shown(std::string_view name, const PolicyClause& clause, std::string_view matched) const {
  return {name, clause.held, clause.held ? std::string(matched) : std::string(), std::string(clause.path)};
}

void Recorder::policy_evaluated(const program::Policy& policy, const model::Job& job, const PolicyClauses& clauses,
                                Rules& rules) {
  if (!job_ || &job != &program_.model->jobs[*job_]) return;
  ExplainedPolicy made;
  const std::uint32_t except = program_.jobs[*job_].except;
  made.except = except != kNone && &policy == &program_.policies[except];
  made.allows = made.except ? !clauses.any_holds() : clauses.all_hold();
  const model::Policy& source = made.except ? *job.except : *job.only;
  made.by_default = source.by_default;
  if (clauses.refs) {
    made.clauses.push_back(shown("refs", *clauses.refs, clauses.refs->matched));
    for (const model::Text& ref : *source.refs) made.clauses.back().all.emplace_back(ref.value);
  }
  if (clauses.variables) {
    for (const program::PolicyCondition& condition : *policy.variables)
      read(condition.condition, rules.scope(), made.read);
    const bool held = clauses.variables->held;
    made.clauses.push_back(
        shown("variables", *clauses.variables,
              held ? program_.conditions().text((*source.variables)[clauses.variables->position]) : ""));
    for (const machine::ExpressionId one : *source.variables)
      made.clauses.back().all.emplace_back(program_.conditions().text(one));
  }
  if (clauses.changes) {
    const bool compared = !clauses.changes->path.empty();
    made.clauses.push_back(shown("changes", *clauses.changes,
                                 compared ? (*source.changes)[clauses.changes->position].value : std::string_view()));
    for (const model::Text& path : *source.changes) made.clauses.back().all.emplace_back(path.value);
  }
  if (clauses.kubernetes) made.clauses.push_back(shown("kubernetes", *clauses.kubernetes, "active"));
  policies_.push_back(std::move(made));
}

}  // namespace willrun::eval
