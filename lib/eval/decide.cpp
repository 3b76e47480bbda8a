#include "eval/decide.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/utf8.hpp"
#include "eval/circles.hpp"
#include "eval/names.hpp"
#include "eval/policy.hpp"
#include "eval/rules.hpp"
#include "eval/settings.hpp"
#include "vars/reference.hpp"

namespace willrun::eval {

namespace {

using program::kNone;

constexpr std::string_view kWorkflowText =
    "The pipeline did not run. Review the workflow:rules configuration for the pipeline.";
constexpr std::string_view kEmptyText =
    "The resulting pipeline would have been empty. Review the rules configuration for the relevant jobs.";
constexpr std::string_view kFirstStage = ".pre";
constexpr std::string_view kLastStage = ".post";

// A job on its way into the pipeline.
struct Seed {
  bool included = false;
  std::uint32_t rule = kNone;              // that decided, in Program::rules
  std::string error;                       // its rules could not be evaluated
  bool unwanted = false;                   // a chat command asked for another job
  std::optional<std::string> environment;  // its name, expanded
};

class Decider {
 public:
  Decider(const std::shared_ptr<const program::Program>& program, const Trigger& trigger, RuleObserver* observer)
      : program_(*program), model_(*program->model), trigger_(trigger), rules_(*program, trigger) {
    decision_.program = program;
    rules_.set_observer(observer);
  }

  Decision run() {
    rules_.scope().mark_file();
    set_root_variables();
    if (!workflow_allows()) return std::move(decision_);
    rules_.scope().enter_jobs(program_, trigger_);
    seed_jobs();
    report_left_out();
    if (!seeds_are_sound() || !keeps_to_size() || !has_real_stage() || !take_name()) return std::move(decision_);
    take_jobs();
    decision_.status = Decision::Status::created;
    return std::move(decision_);
  }

 private:
  bool fail(Step step, std::string_view text, std::string_view reason) {
    decision_.stopped_at = step;
    decision_.errors.emplace_back(text);
    decision_.failure_reason = reason;
    return false;
  }

  void set_root_variables() {
    for (std::size_t i = 0; i < program_.root_slots.size(); ++i) {
      if (program_.root_slots[i] == kNone) continue;
      rules_.scope().set(program_.root_slots[i], machine::Operand::of(model_.variables[i].value), Level::yaml_root);
    }
  }

  DecidingRule deciding(const model::Rule& rule, std::uint32_t index) const {
    return {index, rule.span, rule.condition ? rule.condition->value : std::string_view()};
  }

  bool workflow_allows() {
    if (!program_.has_workflow_rules) return true;
    rules_.scope().hide_job_names(program_);
    const std::uint32_t match = rules_.first_match(program_.workflow, nullptr);
    rules_.scope().leave();
    if (match == kNone) return fail(Step::workflow, kWorkflowText, "filtered_by_workflow_rules");
    const program::Rule& rule = program_.rules[match];
    const model::Rule& source = (*model_.workflow.rules)[rule.source];
    decision_.workflow_rule = deciding(source, rule.source);
    if (rule.when == When::never) return fail(Step::workflow, kWorkflowText, "filtered_by_workflow_rules");
    for (const model::Variable& variable : source.variables) {
      decision_.workflow_variables.emplace_back(variable.name, variable.value);
      if (const auto slot = program_.conditions().variable_slot(variable.name)) {
        rules_.scope().set(*slot, machine::Operand::of(variable.value), Level::yaml_workflow_rule);
      }
    }
    rules_.set_workflow_variables(&source.variables);
    rules_.forget();
    return true;
  }

  void seed_jobs() {
    seeds_.resize(program_.jobs.size());
    for (std::uint32_t i = 0; i < program_.jobs.size(); ++i) {
      if (trigger_.chat && model_.jobs[i].name.value != trigger_.chat->command) {
        seeds_[i].unwanted = true;
        continue;
      }
      enter_job(i);
      if (program_.jobs[i].has_rules) {
        seed_by_rules(i);
      } else {
        seeds_[i].included = policies_allow(i);
      }
      rules_.scope().leave();
    }
  }

  bool policies_allow(std::uint32_t index) {
    const program::Job& job = program_.jobs[index];
    if (job.only != kNone && !look_at_policy(job.only, index).all_hold()) return false;
    return job.except == kNone || !look_at_policy(job.except, index).any_holds();
  }

  PolicyClauses look_at_policy(std::uint32_t policy, std::uint32_t job) {
    const ConditionHolds holds = [&](const program::PolicyCondition& condition) {
      return rules_.condition_holds(condition.condition, condition.own_scope);
    };
    const PolicyClauses seen = look_at(program_.policies[policy], trigger_, holds);
    rules_.tell(program_.policies[policy], model_.jobs[job], seen);
    return seen;
  }

  // The variables of a job over those of the pipeline.
  void enter_job(std::uint32_t index) {
    const program::Job& job = program_.jobs[index];
    rules_.scope().enter(std::span(program_.own_variables).subspan(job.own.begin, job.own.end - job.own.begin));
    rules_.look_anew(false);
    if (!model_.jobs[index].environment) return;
    const std::string& environment = seeds_[index].environment.emplace(environment_name(model_.jobs[index]));
    if (environment_slot_)
      rules_.scope().overlay(*environment_slot_, machine::Operand::of(std::string_view(environment)), Level::job);
    if (!has_scoped_settings_) return;
    rules_.look_anew(true);
    const auto lay_over = [&](const Variable& variable, Level level) {
      const auto slot = program_.conditions().variable_slot(variable.key);
      if (slot && variable.value)
        rules_.scope().overlay(*slot, machine::Operand::of(std::string_view(*variable.value)), level);
    };
    each_deployment_variable(trigger_, environment, lay_over);
    each_setting(trigger_, environment, lay_over);
  }

  std::string environment_name(const model::Job& job) const {
    const std::string_view name = job.environment->name.value;
    if (!vars::may_refer(name)) return std::string(name);
    return Names(program_, trigger_, workflow_variables(decision_), &job).expand(name, vars::Missing::becomes_empty);
  }

  void seed_by_rules(std::uint32_t index) {
    const program::Job& job = program_.jobs[index];
    Seed& seed = seeds_[index];
    seed.rule = rules_.first_match(job.rules, &model_.jobs[index]);
    if (rules_.error()) {
      seed.error = fmt::format("Failed to parse rule for {}: {}", model_.jobs[index].name.value, rules_.error()->text);
    }
    seed.included = seed.rule != kNone && when(index, seed) != When::never;
  }

  When when(std::uint32_t index, const Seed& seed) const {
    if (seed.rule != kNone && program_.rules[seed.rule].has_when) return program_.rules[seed.rule].when;
    return model_.jobs[index].when.value_or(When::on_success);
  }

  const model::Rule* rule_of(std::uint32_t index, const Seed& seed) const {
    if (seed.rule == kNone) return nullptr;
    return &(*model_.jobs[index].rules)[program_.rules[seed.rule].source];
  }

  void report_left_out() {
    decision_.left_out.reserve(static_cast<std::size_t>(std::count_if(
        seeds_.begin(), seeds_.end(), [](const Seed& seed) { return !seed.included && !seed.unwanted; })));
    for (std::uint32_t i = 0; i < seeds_.size(); ++i) {
      if (seeds_[i].included || seeds_[i].unwanted) continue;
      const model::Job& job = model_.jobs[i];
      LeftOutJob left{job.name.value, job.stage.value, LeftOut::no_rule_matched, {}, job.name.span};
      if (!program_.jobs[i].has_rules) {
        const bool by_default = job.only && job.only->by_default && !job.except;
        left.reason = by_default ? LeftOut::not_for_this_ref : LeftOut::only_or_except;
      }
      if (const model::Rule* rule = rule_of(i, seeds_[i])) {
        left.reason = LeftOut::rule_says_never;
        left.rule = deciding(*rule, program_.rules[seeds_[i].rule].source);
      }
      decision_.left_out.push_back(std::move(left));
    }
  }

  // GitLab looks at stages that have jobs only, and says all that it finds at once.
  bool seeds_are_sound() {
    std::vector<bool> has_jobs(model_.stages.size(), false);
    for (std::uint32_t i = 0; i < seeds_.size(); ++i) {
      if (seeds_[i].included) has_jobs[program_.jobs[i].stage] = true;
    }
    std::vector<std::string> texts;
    for (const std::uint32_t index : program_.by_stage) {
      if (has_jobs[program_.jobs[index].stage]) check_seed(index, texts);
    }
    return texts.empty() || fail(Step::jobs, fmt::format("{}", fmt::join(texts, "\n")), "config_error");
  }

  void check_seed(std::uint32_t index, std::vector<std::string>& texts) {
    if (!seeds_[index].error.empty()) {
      texts.push_back(seeds_[index].error);
      return;
    }
    if (!seeds_[index].included) return;
    const model::Job& job = model_.jobs[index];
    if (job.needs.size() > program_.limits.job_needs) {
      texts.push_back(
          fmt::format("{}: one job can only need {} others, but you have listed {}. See needs keyword "
                      "documentation for more details",
                      job.name.value, program_.limits.job_needs, job.needs.size()));
      return;
    }
    const program::RuleRange range = program_.jobs[index].needs;
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
      const program::Need& known = program_.needs[i];
      if (known.optional || (known.job != kNone && seeds_[known.job].included)) continue;
      const model::Need& need = job.needs[i - range.begin];
      texts.push_back(fmt::format(
          "'{}' job needs '{}' job, but '{}' does not exist in the pipeline. This might be because of the only, "
          "except, or "
          "rules keywords. To need a job that sometimes does not exist in the pipeline, use needs:optional.",
          job.name.value, need.job.value, need.job.value));
    }
    if (auto circle =
            circles_.of(job, program_.jobs[index].refers, workflow_variables(decision_), seeds_[index].environment))
      texts.push_back(std::move(*circle));
  }

  bool keeps_to_size() {
    std::size_t jobs = 0;
    std::size_t deployments = 0;
    for (std::uint32_t i = 0; i < seeds_.size(); ++i) {
      if (!seeds_[i].included) continue;
      ++jobs;
      const auto& environment = model_.jobs[i].environment;
      if (environment && environment->action.value_or("start") == "start") ++deployments;
    }
    const std::uint32_t most = program_.limits.pipeline_jobs;
    if (most > 0 && jobs > most) {
      return fail(Step::size,
                  fmt::format("The number of jobs has exceeded the limit of {}. Try splitting the configuration with "
                              "parent-child-pipelines "
                              "{}/help/ci/debugging.md#pipeline-with-many-jobs-fails-to-start",
                              most, trigger_.server_url),
                  "size_limit_exceeded");
    }
    if (deployments <= program_.limits.pipeline_deployments) return true;
    return fail(Step::deployments,
                fmt::format("Pipeline has too many deployments! Requested {}, but the limit is {}.", deployments,
                            program_.limits.pipeline_deployments),
                "deployments_limit_exceeded");
  }

  bool has_real_stage() {
    for (std::uint32_t i = 0; i < seeds_.size(); ++i) {
      const std::string_view stage = model_.jobs[i].stage.value;
      if (seeds_[i].included && stage != kFirstStage && stage != kLastStage) return true;
    }
    return fail(Step::populate, kEmptyText, "filtered_by_rules");
  }

  // Undefined names become empty, and a blank name is none.
  bool take_name() {
    if (!model_.workflow.name) return true;
    const Names names(program_, trigger_, workflow_variables(decision_), nullptr, true);
    decision_.name = utf8::strip(names.expand(model_.workflow.name->value, vars::Missing::becomes_empty));
    decision_.shown_name = names.masked(decision_.name);
    if (utf8::length(decision_.name) <= program_.limits.name_characters) return true;
    return fail(Step::metadata,
                fmt::format("Failed to build pipeline metadata! Name is too long (maximum is {} characters)",
                            program_.limits.name_characters),
                "");
  }

  void take_jobs() {
    const auto included = [](const Seed& seed) { return seed.included; };
    decision_.jobs.reserve(static_cast<std::size_t>(std::count_if(seeds_.begin(), seeds_.end(), included)));
    for (const std::uint32_t index : program_.by_stage) {
      if (!seeds_[index].included) continue;
      decision_.jobs.push_back(taken(index));
      const std::string_view stage = decision_.jobs.back().stage;
      if (decision_.stages.empty() || decision_.stages.back() != stage) decision_.stages.emplace_back(stage);
    }
  }

  JobDecision taken(std::uint32_t index) const {
    const model::Job& job = model_.jobs[index];
    const Seed& seed = seeds_[index];
    const model::Rule* rule = rule_of(index, seed);
    JobDecision taken;
    taken.job = index;
    taken.name = job.name.value;
    taken.stage = job.stage.value;
    taken.span = job.name.span;
    taken.when = when(index, seed);
    taken.allow_failure = job.allow_failure.value_or(job.when == When::manual);
    taken.interruptible = job.interruptible;
    taken.bridge = job.bridge;
    taken.waits_for_needs = job.waits_for_needs;
    taken.keeps_exit_codes = job.has_exit_codes;
    if (job.environment) taken.environment = job.environment->name.value;
    if (job.start_in) taken.start_in = job.start_in->value;
    if (rule != nullptr) {
      taken.rule = deciding(*rule, program_.rules[seed.rule].source);
      taken.allow_failure = rule->allow_failure.value_or(taken.allow_failure);
      taken.keeps_exit_codes = taken.keeps_exit_codes && !rule->allow_failure;
      if (rule->interruptible) taken.interruptible = rule->interruptible;
      if (rule->start_in) taken.start_in = rule->start_in->value;
      taken.waits_for_needs = taken.waits_for_needs || !rule->needs.empty();
    }
    return taken;
  }

  const program::Program& program_;
  const model::Model& model_;
  const Trigger& trigger_;
  Rules rules_;
  Circles circles_{program_, trigger_};
  std::vector<Seed> seeds_;
  std::optional<std::uint32_t> environment_slot_ = program_.conditions().variable_slot("CI_ENVIRONMENT_NAME");
  bool has_scoped_settings_ = has_scoped_settings(trigger_);
  Decision decision_;
};

}  // namespace

Decision decide(const std::shared_ptr<const program::Program>& program, const Trigger& trigger,
                RuleObserver* observer) {
  return Decider(program, trigger, observer).run();
}

}  // namespace willrun::eval

namespace willrun {

std::string_view to_string(Step step) {
  switch (step) {
    case Step::none: return {};
    case Step::repository: return "Validate::Repository";
    case Step::variables: return "Build::Associations";
    case Step::skip: return "Skip";
    case Step::inputs: return "Validate::Config";
    case Step::content: return "Config::Content";
    case Step::configuration: return "Config::Process";
    case Step::workflow: return "EvaluateWorkflowRules";
    case Step::jobs: return "Seed";
    case Step::size: return "Limit::Size";
    case Step::deployments: return "Limit::Deployments";
    case Step::populate: return "Populate";
    case Step::metadata: return "PopulateMetadata";
  }
  return {};
}

std::string_view to_string(LeftOut reason) {
  switch (reason) {
    case LeftOut::no_rule_matched: return "no rule matched";
    case LeftOut::rule_says_never: return "its rule says never";
    case LeftOut::not_for_this_ref: return "without rules a job runs for branches and tags only";
    case LeftOut::only_or_except: return "its only and except leave it out";
  }
  return {};
}

}  // namespace willrun
