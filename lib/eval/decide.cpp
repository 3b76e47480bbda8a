#include "eval/decide.hpp"

#include <algorithm>
#include <map>

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

// A job on its way into the pipeline.
struct Seed {
  std::uint32_t rule = kNone;  // that decided, in Program::rules
  bool included = false;
  bool unwanted = false;  // a chat command asked for another job
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

  bool workflow_allows() {
    if (!program_.has_workflow_rules) return true;
    rules_.scope().hide_job_names(program_);
    const std::uint32_t match = rules_.first_match(program_.workflow, nullptr);
    rules_.scope().leave();
    if (match == kNone) return fail(Step::workflow, kWorkflowText, "filtered_by_workflow_rules");
    const program::Rule& rule = program_.rules[match];
    const model::Rule& source = (*model_.workflow.rules)[rule.source];
    decision_.workflow_rule = program_.effects[match].deciding;
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
      if (trigger_.chat && program_.as_written[i].name != trigger_.chat->command) {
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
    if (!job.has_environment) return;
    const std::string& environment = environments_[index] = environment_name(model_.jobs[index]);
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
      errors_[index] =
          fmt::format("Failed to parse rule for {}: {}", model_.jobs[index].name.value, rules_.error()->text);
    }
    seed.included = seed.rule != kNone && when(index, seed) != When::never;
  }

  When when(std::uint32_t index, const Seed& seed) const {
    if (seed.rule != kNone && program_.rules[seed.rule].has_when) return program_.rules[seed.rule].when;
    return program_.as_written[index].when;
  }

  void report_left_out() {
    decision_.left_out.reserve(static_cast<std::size_t>(std::count_if(
        seeds_.begin(), seeds_.end(), [](const Seed& seed) { return !seed.included && !seed.unwanted; })));
    for (std::uint32_t i = 0; i < seeds_.size(); ++i) {
      if (seeds_[i].included || seeds_[i].unwanted) continue;
      const JobDecision& written = program_.as_written[i];
      LeftOutJob left{written.name, written.stage, LeftOut::no_rule_matched, {}, written.span};
      if (!program_.jobs[i].has_rules) {
        const model::Job& job = model_.jobs[i];
        const bool by_default = job.only && job.only->by_default && !job.except;
        left.reason = by_default ? LeftOut::not_for_this_ref : LeftOut::only_or_except;
      }
      if (seeds_[i].rule != kNone) {
        left.reason = LeftOut::rule_says_never;
        left.rule = program_.effects[seeds_[i].rule].deciding;
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
    if (const auto error = errors_.find(index); error != errors_.end()) {
      texts.push_back(error->second);
      return;
    }
    if (!seeds_[index].included) return;
    const model::Job& job = model_.jobs[index];
    const program::RuleRange range = program_.jobs[index].needs;
    if (range.end - range.begin > program_.limits.job_needs) {
      texts.push_back(
          fmt::format("{}: one job can only need {} others, but you have listed {}. See needs keyword "
                      "documentation for more details",
                      job.name.value, program_.limits.job_needs, range.end - range.begin));
      return;
    }
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
    const auto named = environments_.find(index);
    const auto environment =
        named == environments_.end() ? std::nullopt : std::optional<std::string_view>(named->second);
    if (auto circle = circles_.of(job, program_.jobs[index].refers, workflow_variables(decision_), environment))
      texts.push_back(std::move(*circle));
  }

  bool keeps_to_size() {
    std::size_t jobs = 0;
    std::size_t deployments = 0;
    for (std::uint32_t i = 0; i < seeds_.size(); ++i) {
      if (!seeds_[i].included) continue;
      ++jobs;
      if (program_.jobs[i].deploys) ++deployments;
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
      if (seeds_[i].included && !program_.jobs[i].in_outer_stage) return true;
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
      JobDecision& job = decision_.jobs.emplace_back(program_.as_written[index]);
      if (seeds_[index].rule != kNone) apply(seeds_[index].rule, job);
      const std::string_view stage = job.stage;
      if (decision_.stages.empty() || decision_.stages.back() != stage) decision_.stages.emplace_back(stage);
    }
  }

  void apply(std::uint32_t rule, JobDecision& job) const {
    const program::RuleEffect& effect = program_.effects[rule];
    if (program_.rules[rule].has_when) job.when = program_.rules[rule].when;
    job.rule = effect.deciding;
    job.allow_failure = effect.allow_failure.value_or(job.allow_failure);
    job.keeps_exit_codes = job.keeps_exit_codes && !effect.allow_failure;
    if (effect.interruptible) job.interruptible = effect.interruptible;
    job.start_in = effect.start_in.value_or(job.start_in);
    job.waits_for_needs = job.waits_for_needs || effect.has_needs;
  }

  const program::Program& program_;
  const model::Model& model_;
  const Trigger& trigger_;
  Rules rules_;
  Circles circles_{program_, trigger_};
  std::vector<Seed> seeds_;                            // of each job
  std::map<std::uint32_t, std::string> errors_;        // of jobs whose rules could not be evaluated
  std::map<std::uint32_t, std::string> environments_;  // of jobs that name one: its name, expanded
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
