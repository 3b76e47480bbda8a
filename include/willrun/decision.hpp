// The answer: would this trigger create a pipeline, with which jobs, and why.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <willrun/config.hpp>
#include <willrun/diagnostic.hpp>
#include <willrun/trigger.hpp>
#include <willrun/value.hpp>

namespace willrun {

namespace program {
struct Program;  // lib/program
}

// A compiled configuration: what a trigger cannot change. May outlive its Config. Copies share one program.
// Immutable; safe to share between threads.
class Program {
 public:
  explicit Program(std::shared_ptr<const program::Program> compiled) : compiled_(std::move(compiled)) {}
  const program::Program& compiled() const { return *compiled_; }
  const std::shared_ptr<const program::Program>& shared() const { return compiled_; }

 private:
  std::shared_ptr<const program::Program> compiled_;
};

// No value when the configuration is not valid.
std::optional<Program> compile(const Config& config);

enum class When : std::uint8_t { on_success, on_failure, always, manual, delayed, never };
std::string_view to_string(When when);

// The rule that decided: its 0-based position in the list as evaluated, and where it stands.
struct DecidingRule {
  std::uint32_t index = 0;
  Span span;
  std::string_view condition;  // the text of `if`, empty where the rule has none
};

struct Need {
  std::string job;
  bool artifacts = true;
  bool optional = false;
};

// One job of the pipeline. Texts belong to the program that the Decision keeps. What not everyone asks for is made on
// request: details(), tags().
struct JobDecision {
  std::uint32_t job = 0;  // its number in the program
  std::string_view name;
  std::string_view stage;
  When when = When::on_success;
  bool allow_failure = false;
  bool bridge = false;            // starts another pipeline
  bool waits_for_needs = false;   // starts as soon as its needs are done, not its stage
  bool keeps_exit_codes = false;  // `allow_failure:exit_codes` decides whether it may fail
  std::optional<bool> interruptible;
  std::string_view start_in;         // delayed jobs: as written
  std::string_view environment;      // as written
  std::optional<DecidingRule> rule;  // none: the job has no rules
  Span span;                         // the job's name in its file
};

// Why a job is not in the pipeline.
enum class LeftOut : std::uint8_t {
  no_rule_matched,
  rule_says_never,
  not_for_this_ref,  // neither rules nor `only` and `except`: it runs for branches and tags
  only_or_except,    // they say so
};
std::string_view to_string(LeftOut reason);

struct LeftOutJob {
  std::string_view name;
  std::string_view stage;
  LeftOut reason = LeftOut::no_rule_matched;
  std::optional<DecidingRule> rule;  // rule_says_never: that rule
  Span span;
};

// The steps of pipeline creation at which it can end, in their order.
enum class Step : std::uint8_t {
  none,           // it ran through
  repository,     // there is no such ref, or two of this name
  variables,      // variables of the trigger
  skip,           // [skip ci]
  inputs,         // too many of them
  content,        // there is no configuration
  configuration,  // it is not valid
  workflow,
  jobs,  // rules, needs and variables of jobs
  size,
  deployments,
  populate,  // no job is left
  metadata,  // the pipeline's name
};
// GitLab's name for a step: "EvaluateWorkflowRules".
std::string_view to_string(Step step);

struct Decision {
  enum class Status : std::uint8_t { created, failed, skipped };
  Status status = Status::failed;
  // GitLab's failure texts as pipeline creation words them; `message` is the first, empty when created or skipped.
  std::vector<std::string> errors;
  Step stopped_at = Step::none;
  std::vector<std::string> warnings;
  // GitLab's word: config_error, filtered_by_rules, filtered_by_workflow_rules; empty where GitLab stores none.
  std::string failure_reason;
  std::optional<DecidingRule> workflow_rule;
  // Variables of the workflow rule that matched, as written.
  std::vector<std::pair<std::string, std::string>> workflow_variables;
  std::string name;                  // `workflow:name` with its variables expanded; empty: the pipeline has none
  std::string shown_name;            // the same for people: values of masked variables are hidden
  std::vector<std::string> stages;   // those that have jobs, in order
  std::vector<JobDecision> jobs;     // stage order, then file order
  std::vector<LeftOutJob> left_out;  // file order

  // Keeps the texts of jobs and rules alive. None where the configuration was not reached.
  std::shared_ptr<const program::Program> program;

  std::string_view message() const { return errors.empty() ? std::string_view() : std::string_view(errors.front()); }
};

// What a job of the decision needs, and its variables.
struct JobDetails {
  std::vector<Need> needs;
  // YAML variables of the job after merging (root, workflow rule, job, rule), unexpanded, in order.
  std::vector<std::pair<std::string, std::string>> variables;
  std::vector<std::string> raw_variables;  // names of those that are never expanded
};
JobDetails details(const Decision& decision, const JobDecision& job);

// The pipeline that a trigger job would start.
struct Downstream {
  std::string project;  // multi-project: the other project, variables expanded; empty: a child pipeline
  std::string branch;   // multi-project: empty is its default branch
  std::string strategy;
  Value include;  // child: what it includes, as written: a text, a map or a list
  std::vector<std::pair<std::string, Value>> inputs;
  // What it would get as variables of its trigger, by `trigger:forward`: those of the job, and of this trigger.
  std::vector<Variable> variables;
};
// None for jobs that start no pipeline.
std::optional<Downstream> downstream(const Decision& decision, const JobDecision& job, const Trigger& trigger);

// The trigger of the child pipeline that a job starts: the same commit and ref, with the variables and inputs that are
// handed on.
Trigger child_trigger(const Trigger& parent, const Downstream& downstream);

// Tags of the runner that takes the job, variables expanded; none: the job names none. `trigger` is the decision's.
std::optional<std::vector<std::string>> tags(const Decision& decision, const JobDecision& job, const Trigger& trigger);

// One variable as rules see it, and where its value comes from.
struct VisibleVariable {
  std::string name;
  std::optional<std::string> value;  // none: GitLab's null
  std::string_view level;            // "predefined", "file", "project settings", "trigger" ...
  bool masked = false;               // its value is not to be shown
  bool in_includes = false;          // rules and addresses of includes see it
  bool in_workflow = false;
  bool in_jobs = false;
};

// What rules of the pipeline see for this trigger, by name: predefined variables, those of settings and trigger and,
// with a program, the file's. Each name once, with the value of the highest level; jobs may have more of their own.
std::vector<VisibleVariable> visible_variables(const Trigger& trigger, const Program* program = nullptr);

// Decides for a compiled configuration. Threads: may run concurrently on one Program.
Decision decide(const Program& program, const Trigger& trigger);
// Load's verdict and decide's in one: an invalid configuration gives GitLab's message in Decision::errors. `config`
// must have been loaded in LoadMode::pipeline for the texts of that mode.
Decision decide(const Config& config, const Trigger& trigger);

}  // namespace willrun
