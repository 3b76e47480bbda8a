// Why a job is in a pipeline, or is not: what the evaluator met on its way. Values of masked variables are hidden in
// every text here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <willrun/decision.hpp>

namespace willrun {

// A variable as a condition read it.
struct ReadVariable {
  std::string name;
  std::optional<std::string> value;  // none: not defined
  std::string_view level;            // where the value comes from, as in VisibleVariable; empty: not defined
  std::string_view overrides;        // the next lower level that has a value too; empty: none has
};

// A comparison, or a variable by itself, inside a condition with several of them.
struct ConditionPart {
  std::string text;
  bool held = false;
};

// What patterns of `changes` and `exists` were matched against.
enum class ComparedWith : std::uint8_t {
  nothing,        // there is nothing to compare with (a new branch, a tag, most sources): `changes` holds
  unknown,        // the files are not known: `changes` holds, `exists` does not
  changed_files,  // of the push or the merge request
  ref,            // the files that differ from `compare_to`
  tree,           // the files of the repository
  project,        // the files of another project
};

// A `changes` or `exists`.
struct ExplainedPaths {
  ComparedWith with = ComparedWith::nothing;
  bool held = false;
  std::string pattern;                // the first that matched, variables expanded; empty also where so much is to be
                                      // compared that GitLab lets it count as a match
  std::string path;                   // the first path that it matched
  std::string other;                  // the ref, or the project
  std::vector<std::string> patterns;  // all, variables expanded
};

// One rule of a list. A rule behind the one that decided was not reached: it shows what it would have read.
struct ExplainedRule {
  DecidingRule rule;
  bool reached = false;
  bool matched = false;
  When when = When::on_success;   // what the rule says, or else the job
  std::optional<bool> condition;  // none: not looked at, or the rule has none
  std::vector<ConditionPart> parts;
  std::vector<ReadVariable> read;         // by the condition, each name once
  std::optional<ExplainedPaths> changes;  // none: not looked at, or the rule has none
  std::optional<ExplainedPaths> exists;
  std::string error;  // GitLab's text where the rule could not be evaluated; the list ends there
};

// One clause of `only` or `except`.
struct ExplainedClause {
  std::string_view name;  // refs, variables, changes, kubernetes
  bool held = false;
  std::string matched;           // the ref, condition or pattern that did; empty: none, or there was nothing to compare
  std::string path;              // of changes: what the pattern matched
  std::vector<std::string> all;  // refs, conditions or patterns of the clause
};

// `only` or `except` of a job without rules. `only` wants every clause to hold, `except` rules the job out by any.
struct ExplainedPolicy {
  bool except = false;
  bool by_default = false;  // nobody wrote it: branches and tags, where neither job nor workflow has rules
  bool allows = false;
  std::vector<ExplainedClause> clauses;
  std::vector<ReadVariable> read;
};

// The smallest change that lets a job, or a pipeline, in: the trigger that differs so was decided, and does.
struct WayIn {
  std::uint32_t rule = 0;                // 0-based position in its list: the first rule that could match
  std::vector<std::string> differences;  // each a clause of a sentence: `$A were "x"`
};

// One of the jobs that `parallel` makes of one.
struct ExplainedInstance {
  std::string_view name;  // "test 1/3"
  bool in_pipeline = false;
};

struct Explanation {
  Decision decision;
  std::vector<ExplainedRule> workflow;       // all rules, in order; empty where GitLab did not come that far
  std::vector<ExplainedRule> rules;          // likewise, of the job
  std::vector<ExplainedPolicy> policies;     // of a job without rules, as far as they were looked at
  std::optional<std::uint32_t> job;          // its number in the program; none: there is no such job
  std::string_view job_name;                 // of an instance of `parallel`: "test 1/3"
  std::vector<ExplainedInstance> instances;  // that share the name that was asked for; empty: the name is one job's
  // The workflow's where it refuses, else the job's. None: it is in, or no few changes of variables and paths help.
  std::optional<WayIn> way_in;
  // Names of those usual triggers under which the job, or the pipeline, would be there, with the facts of this one.
  std::vector<std::string> usual;
};

// Decides, and watches the rules of the workflow and of the job of this name; of a `parallel` job, by its name as
// written, the first instance that is left out, or else the first. Threads: may run concurrently on one Program.
Explanation explain(const Program& program, const Trigger& trigger, std::string_view job);

// All names that explain() takes, in file order: jobs, instances, and `parallel` jobs as written. Views into `program`.
std::vector<std::string_view> job_names(const Program& program);

// An entry of `include` that has rules.
struct ExplainedInclude {
  std::string location;  // the path, address or name as written
  Span place;
  bool included = false;
  std::vector<ExplainedRule> rules;
  std::optional<WayIn> way_in;
};

// load(), and what it met: the entries with rules, in the order in which they were looked at.
struct ExplainedLoad {
  Config config;
  std::vector<ExplainedInclude> includes;
};
ExplainedLoad load_explained(std::string_view path, FileSource& source, const Trigger& trigger,
                             const LoadOptions& options = {});

}  // namespace willrun
