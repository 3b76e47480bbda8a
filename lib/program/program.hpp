// A configuration compiled for deciding: everything that a trigger cannot change, in flat arrays.
//
// Invariants: indexes are valid or kNone; rules of one job stand next to each other; what a decision tells of a rule or
// job stands in arrays beside the hot ones, by the same numbers, so that the model need not be read for it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include <willrun/decision.hpp>

#include "glob/glob.hpp"
#include "machine/program.hpp"
#include "machine/regex.hpp"
#include "model/model.hpp"

namespace willrun::program {

inline constexpr std::uint32_t kNone = 0xFFFFFFFFU;

// 20 bytes. Clauses that a rule does not have are kNone, and hold.
struct Rule {
  std::uint32_t condition = kNone;  // ExpressionId
  std::uint32_t changes = kNone;    // index in Program::path_sets
  std::uint32_t exists = kNone;     // likewise
  std::uint32_t source = 0;         // index of the rule in its list of the model
  When when = When::on_success;
  bool has_when = false;
  // The condition reads a variable that the job itself sets, so its value may differ from job to job.
  bool own_scope = false;
};
static_assert(sizeof(Rule) == 20 && std::is_trivially_copyable_v<Rule>);

// What a rule that decided says of the job besides `when`, and how it is told.
struct RuleEffect {
  DecidingRule deciding;
  std::optional<bool> allow_failure;
  std::optional<bool> interruptible;
  std::optional<std::string_view> start_in;
  bool has_needs = false;
};

struct RuleRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

// The paths of one `changes` or `exists`.
struct PathPattern {
  std::string_view text;
  std::optional<glob::Glob> glob;  // none when variables have to be expanded first
};
struct PathSet {
  std::vector<PathPattern> patterns;
  std::optional<model::Text> compare_to;  // changes only
  std::optional<model::Text> project;     // exists only: another project's files
  std::optional<model::Text> ref;
  bool reads_variables = false;
};

// A variable that a job itself gives to its rules: its slot and the value.
// `hidden`: a variable of the file that the job does not inherit; what lies below it holds.
struct OwnVariable {
  std::uint32_t slot = 0;
  bool predefined = false;  // CI_JOB_* and the like, which rank below all others
  std::string_view value;
  bool hidden = false;
};

// A ref of `only` or `except`: a keyword, a name or a pattern, perhaps for one project only (`name@group/project`).
struct RefPattern {
  std::string_view text;
  std::optional<std::string_view> project;
  std::optional<machine::Regex> regex;
};

struct PolicyCondition {
  std::uint32_t condition = kNone;  // ExpressionId
  bool own_scope = false;           // as in Rule
};

// `only` or `except`; clauses as in the model.
struct Policy {
  std::optional<std::vector<RefPattern>> refs;
  std::optional<std::vector<PolicyCondition>> variables;
  std::optional<std::vector<glob::Glob>> changes;
  bool kubernetes = false;
};

struct Job {
  RuleRange rules;
  RuleRange own;            // in Program::own_variables
  std::uint32_t stage = 0;  // index in Model::stages
  bool has_rules = false;
  bool has_environment = false;
  bool deploys = false;          // starts what its environment names
  bool in_outer_stage = false;   // .pre or .post, which alone make no pipeline
  std::uint32_t only = kNone;    // index in Program::policies
  std::uint32_t except = kNone;  // likewise
  RuleRange needs;               // in Program::needs
  bool refers = false;           // its own variables, name or environment may refer to variables
};

// A need of a job, by the number of the job; kNone for an optional one that does not exist.
struct Need {
  std::uint32_t job = kNone;
  bool optional = false;
};

// Immutable; safe to share between threads. Keeps the model, and what the model points to, alive.
struct Program {
  std::shared_ptr<const model::Model> model;
  std::vector<Rule> rules;
  std::vector<RuleEffect> effects;  // of each rule
  RuleRange workflow;
  bool has_workflow_rules = false;
  std::vector<Job> jobs;                // by the model's numbers
  std::vector<JobDecision> as_written;  // each job as it is in a pipeline where no rule says otherwise
  std::vector<std::uint32_t> by_stage;  // numbers of all jobs, stage by stage, in file order inside a stage
  std::vector<Need> needs;
  bool file_refers = false;  // a variable of the file or of a workflow rule may refer to another
  std::vector<Policy> policies;
  std::vector<OwnVariable> own_variables;
  std::vector<PathSet> path_sets;
  std::vector<std::uint32_t> root_slots;  // of each root variable; kNone where no condition reads it
  std::vector<std::string> texts;         // values of predefined variables of jobs
  // Slots that predefined variables of the pipeline fill, by the name's number in the table above; set once by whoever
  // owns that table.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> predefined_slots;
  Limits limits;

  const machine::ExpressionPool& conditions() const { return model->conditions; }
};

// `model` may share ownership of more than the model (its tree and texts).
std::shared_ptr<Program> compile(std::shared_ptr<const model::Model> model, const Limits& limits);

// The program as text, for dumps: slots, then workflow and jobs with their rules and instructions.
std::string print(const Program& program);

}  // namespace willrun::program
