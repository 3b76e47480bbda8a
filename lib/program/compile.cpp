#include <algorithm>
#include <unordered_map>

#include "program/job_variables.hpp"
#include "program/program.hpp"
#include "vars/reference.hpp"

namespace willrun::program {

namespace {

JobDecision as_written(const model::Job& job, std::uint32_t number) {
  JobDecision made;
  made.job = number;
  made.name = job.name.value;
  made.stage = job.stage.value;
  made.span = job.name.span;
  made.when = job.when.value_or(When::on_success);
  made.allow_failure = job.allow_failure.value_or(job.when == When::manual);
  made.interruptible = job.interruptible;
  made.bridge = job.bridge;
  made.waits_for_needs = job.waits_for_needs;
  made.keeps_exit_codes = job.has_exit_codes;
  if (job.environment) made.environment = job.environment->name.value;
  if (job.start_in) made.start_in = job.start_in->value;
  return made;
}

RuleEffect effect_of(const model::Rule& rule, std::uint32_t index) {
  RuleEffect effect;
  effect.deciding = {index, rule.span, rule.condition ? rule.condition->value : std::string_view()};
  effect.allow_failure = rule.allow_failure;
  effect.interruptible = rule.interruptible;
  if (rule.start_in) effect.start_in = rule.start_in->value;
  effect.has_needs = !rule.needs.empty();
  return effect;
}

class Compiler {
 public:
  Compiler(std::shared_ptr<const model::Model> model, const Limits& limits) : program_(std::make_shared<Program>()) {
    program_->model = std::move(model);
    program_->limits = limits;
  }

  std::shared_ptr<Program> run() {
    const model::Model& model = *program_->model;
    for (const model::Variable& variable : model.variables) program_->root_slots.push_back(slot(variable.name));
    program_->has_workflow_rules = model.workflow.rules.has_value();
    if (model.workflow.rules) program_->workflow = add_rules(*model.workflow.rules, {});
    for (std::uint32_t i = 0; i < model.stages.size(); ++i) stages_.emplace(model.stages[i].value, i);
    collect_texts(model);
    program_->jobs.reserve(model.jobs.size());
    for (std::uint32_t i = 0; i < model.jobs.size(); ++i) numbers_.emplace(model.jobs[i].name.value, i);
    program_->as_written.reserve(model.jobs.size());
    for (std::uint32_t i = 0; i < model.jobs.size(); ++i) {
      program_->jobs.push_back(compile_job(model.jobs[i]));
      program_->as_written.push_back(as_written(model.jobs[i], i));
    }
    sort_by_stage();
    program_->file_refers = refer(model.variables);
    if (model.workflow.rules) {
      for (const model::Rule& rule : *model.workflow.rules)
        program_->file_refers = program_->file_refers || refer(rule.variables);
    }
    return program_;
  }

 private:
  std::uint32_t slot(std::string_view name) const { return program_->conditions().variable_slot(name).value_or(kNone); }

  // Values are views into one array, so it is filled before the first view is taken.
  void collect_texts(const model::Model& model) {
    for (const model::Job& job : model.jobs) {
      for (const JobVariable& variable : predefined_of(job)) {
        if (slot(variable.name) != kNone) program_->texts.push_back(variable.value);
      }
    }
  }

  Job compile_job(const model::Job& job) {
    Job compiled;
    compiled.stage = stages_.at(job.stage.value);
    compiled.own = add_own_variables(job);
    compiled.only = add_policy(job.only, compiled.own);
    compiled.except = add_policy(job.except, compiled.own);
    compiled.has_rules = job.rules.has_value();
    compiled.has_environment = job.environment.has_value();
    compiled.deploys = job.environment && job.environment->action.value_or("start") == "start";
    compiled.in_outer_stage = job.stage.value == model::kFirstStage || job.stage.value == model::kLastStage;
    compiled.refers = refer(job.variables) || vars::may_refer(job.name.value) || vars::may_refer(job.stage.value) ||
                      (job.environment && vars::may_refer(job.environment->name.value));
    compiled.needs = add_needs(job.needs);
    if (job.rules) compiled.rules = add_rules(*job.rules, compiled.own);
    return compiled;
  }

  static bool refer(const std::vector<model::Variable>& variables) {
    return std::ranges::any_of(variables, [](const auto& variable) { return vars::may_refer(variable.value); });
  }

  RuleRange add_needs(const std::vector<model::Need>& needs) {
    RuleRange range{static_cast<std::uint32_t>(program_->needs.size()), 0};
    for (const model::Need& need : needs) {
      const auto found = numbers_.find(need.job.value);
      program_->needs.push_back({found == numbers_.end() ? kNone : found->second, need.optional});
    }
    range.end = static_cast<std::uint32_t>(program_->needs.size());
    return range;
  }

  // Counting sort: stages are few or many, jobs are looked at twice.
  void sort_by_stage() {
    std::vector<std::uint32_t> starts(program_->model->stages.size() + 1, 0);
    for (const Job& job : program_->jobs) ++starts[job.stage + 1];
    for (std::size_t i = 1; i < starts.size(); ++i) starts[i] += starts[i - 1];
    program_->by_stage.resize(program_->jobs.size());
    for (std::uint32_t i = 0; i < program_->jobs.size(); ++i) program_->by_stage[starts[program_->jobs[i].stage]++] = i;
  }

  RuleRange add_own_variables(const model::Job& job) {
    RuleRange range{static_cast<std::uint32_t>(program_->own_variables.size()), 0};
    for (const JobVariable& variable : predefined_of(job)) {
      if (slot(variable.name) == kNone) continue;
      program_->own_variables.push_back({slot(variable.name), true, program_->texts[next_text_++]});
    }
    if (!job.root_variables.all) hide_root_variables(job);
    for (const model::Variable& variable : job.variables) {
      if (slot(variable.name) == kNone) continue;
      program_->own_variables.push_back({slot(variable.name), false, variable.value});
    }
    range.end = static_cast<std::uint32_t>(program_->own_variables.size());
    return range;
  }

  // What the job does not inherit, the file's variables and those of its workflow rules.
  void hide_root_variables(const model::Job& job) {
    const auto hide = [&](const std::vector<model::Variable>& variables) {
      for (const model::Variable& variable : variables) {
        if (slot(variable.name) == kNone || job.root_variables.takes(variable.name)) continue;
        program_->own_variables.push_back({slot(variable.name), false, {}, true});
      }
    };
    hide(program_->model->variables);
    if (!program_->model->workflow.rules) return;
    for (const model::Rule& rule : *program_->model->workflow.rules) hide(rule.variables);
  }

  static RefPattern compile_ref(std::string_view text) {
    RefPattern compiled;
    const std::size_t at = text.find('@');
    compiled.text = text.substr(0, at);
    if (at != std::string_view::npos) compiled.project = text.substr(at + 1);
    if (const auto pattern = machine::whole_pattern(compiled.text))
      compiled.regex = machine::Regex::compile(pattern->body, pattern->flags).regex;
    return compiled;
  }

  std::uint32_t add_policy(const std::optional<model::Policy>& policy, RuleRange own) {
    if (!policy) return kNone;
    Policy& compiled = program_->policies.emplace_back();
    compiled.kubernetes = policy->kubernetes;
    if (policy->refs) {
      auto& refs = compiled.refs.emplace();
      for (const model::Text& ref : *policy->refs) refs.push_back(compile_ref(ref.value));
    }
    if (policy->variables) {
      auto& conditions = compiled.variables.emplace();
      for (const machine::ExpressionId condition : *policy->variables)
        conditions.push_back({static_cast<std::uint32_t>(condition), reads_own(condition, own)});
    }
    if (policy->changes) {
      auto& globs = compiled.changes.emplace();
      for (const model::Text& path : *policy->changes) globs.emplace_back(path.value, program_->limits);
    }
    return static_cast<std::uint32_t>(program_->policies.size() - 1);
  }

  RuleRange add_rules(const std::vector<model::Rule>& rules, RuleRange own) {
    RuleRange range{static_cast<std::uint32_t>(program_->rules.size()), 0};
    for (std::uint32_t i = 0; i < rules.size(); ++i) {
      program_->rules.push_back(compile_rule(rules[i], i, own));
      program_->effects.push_back(effect_of(rules[i], i));
    }
    range.end = static_cast<std::uint32_t>(program_->rules.size());
    return range;
  }

  Rule compile_rule(const model::Rule& rule, std::uint32_t index, RuleRange own) {
    Rule compiled;
    compiled.source = index;
    if (rule.condition) {
      compiled.condition = static_cast<std::uint32_t>(rule.expression);
      compiled.own_scope = reads_own(rule.expression, own);
    }
    if (rule.changes) compiled.changes = add_paths(rule.changes->paths, rule.changes->compare_to);
    if (rule.exists) {
      compiled.exists = add_paths(rule.exists->paths, std::nullopt);
      program_->path_sets.back().project = rule.exists->project;
      program_->path_sets.back().ref = rule.exists->ref;
    }
    compiled.has_when = rule.when.has_value();
    compiled.when = rule.when.value_or(When::on_success);
    return compiled;
  }

  bool reads_own(machine::ExpressionId expression, RuleRange own) const {
    const auto read = program_->conditions().slots_read(expression);
    return std::any_of(program_->own_variables.begin() + own.begin, program_->own_variables.begin() + own.end,
                       [&](const OwnVariable& variable) { return std::ranges::binary_search(read, variable.slot); });
  }

  std::uint32_t add_paths(const std::vector<model::Text>& paths, const std::optional<model::Text>& compare_to) {
    PathSet set;
    set.compare_to = compare_to;
    for (const model::Text& path : paths) {
      PathPattern pattern{path.value, std::nullopt};
      const bool refers = vars::may_refer(path.value);
      if (!refers) pattern.glob.emplace(path.value, program_->limits);
      set.reads_variables = set.reads_variables || refers;
      set.patterns.push_back(std::move(pattern));
    }
    program_->path_sets.push_back(std::move(set));
    return static_cast<std::uint32_t>(program_->path_sets.size() - 1);
  }

  std::shared_ptr<Program> program_;
  std::unordered_map<std::string_view, std::uint32_t> stages_;
  std::unordered_map<std::string_view, std::uint32_t> numbers_;  // of jobs
  std::size_t next_text_ = 0;
};

}  // namespace

std::shared_ptr<Program> compile(std::shared_ptr<const model::Model> model, const Limits& limits) {
  return Compiler(std::move(model), limits).run();
}

}  // namespace willrun::program
