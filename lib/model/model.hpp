// The typed model of a configuration: what a decision needs, each with its place. Texts point into the tree.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <willrun/decision.hpp>
#include <willrun/value.hpp>

#include "machine/program.hpp"
#include "model/inherit.hpp"
#include "yaml/tree.hpp"

namespace willrun::model {

// A text and where it stands.
struct Text {
  std::string_view value;
  Span span;
};

struct Variable {
  std::string_view name;
  std::string_view value;
  bool raw = false;          // `expand: false`
  Span span;                 // of the value
  bool says_expand = false;  // `expand` is there
};

struct Changes {
  std::vector<Text> paths;
  std::optional<Text> compare_to;
};

struct Exists {
  std::vector<Text> paths;
  std::optional<Text> project;
  std::optional<Text> ref;
};

// One name of a `parallel:matrix` with its values, and one entry of the matrix: every combination of its values.
struct ProductVariable {
  Text name;
  std::vector<std::string_view> values;
};
using Product = std::vector<ProductVariable>;

struct Need {
  Text job;
  bool artifacts = true;
  bool optional = false;
  std::vector<Product> matrix;  // `parallel:matrix` of the need; empty once the needs name instances
};

// A number of equal instances, or one for each combination of the matrix.
struct Parallel {
  std::uint32_t number = 0;  // 0: by matrix
  std::vector<Product> matrix;
  std::uint32_t total = 0;  // instances, equal ones counted
};

struct Environment {
  Text name;
  std::optional<std::string_view> action;  // none: start
  std::optional<std::string_view> tier;
  std::optional<std::string_view> url;
  std::optional<Text> on_stop;
};

// Which of the file's variables a job takes.
struct RootVariables {
  bool all = true;
  std::vector<std::string_view> names;  // these, where not all

  bool takes(std::string_view name) const { return all || std::ranges::count(names, name) > 0; }
};

// `only` or `except`: each clause that is there has to hold (`only`), or none of them may (`except`).
struct Policy {
  std::optional<std::vector<Text>> refs;
  std::optional<std::vector<machine::ExpressionId>> variables;
  std::optional<std::vector<Text>> changes;
  bool kubernetes = false;
  bool by_default = false;  // nobody wrote it
};

struct Rule {
  Span span;
  std::optional<Text> condition;       // `if`, as written
  machine::ExpressionId expression{};  // of the condition, in Model::conditions
  std::optional<Changes> changes;
  std::optional<Exists> exists;
  std::optional<When> when;
  std::optional<Text> start_in;
  std::optional<bool> allow_failure;
  std::optional<bool> interruptible;
  std::vector<Variable> variables;
  std::vector<Need> needs;
};

struct Job {
  Text name;  // of an instance: "x 1/3"
  Text stage;
  Span span;                            // of the whole job
  bool bridge = false;                  // starts or waits for another pipeline
  yaml::NodeId key = yaml::kNoNode;     // the name as written
  yaml::NodeId config = yaml::kNoNode;  // the job's map
  std::optional<When> when;
  std::optional<Text> start_in;
  std::optional<bool> allow_failure;  // absent: manual jobs may fail, others may not
  std::optional<bool> interruptible;
  std::vector<Variable> variables;  // of an instance: its matrix too
  std::vector<Need> needs;
  std::optional<std::vector<Text>> dependencies;
  std::optional<std::vector<Text>> tags;
  bool has_exit_codes = false;   // of `allow_failure`
  bool waits_for_needs = false;  // `needs` is there, were it empty
  std::optional<Parallel> parallel;
  std::uint32_t instance = 0;  // from 1; 0: the job runs once
  std::string_view base;       // of an instance: the name as written
  std::optional<Environment> environment;
  RootVariables root_variables;
  std::optional<Value> trigger;     // of a bridge, as written
  std::vector<Text> artifact_jobs;  // jobs whose artifacts are the files of a child pipeline
  bool publishes_twice = false;     // by `publish` and by `pages:publish`
  // Where neither the job nor the workflow has rules, `only` is never absent: GitLab keeps such jobs to branches and
  // tags unless `only:refs` says otherwise.
  std::optional<Policy> only;
  std::optional<Policy> except;
  std::optional<std::vector<Rule>> rules;
};

struct Workflow {
  std::optional<Text> name;
  std::optional<std::vector<Rule>> rules;
};

// Stages that every pipeline has, around all others.
inline constexpr std::string_view kFirstStage = ".pre";
inline constexpr std::string_view kLastStage = ".post";

// Owns conditions and lists; texts belong to the tree, which must outlive it.
struct Model {
  std::vector<Text> stages;  // .pre first and .post last
  std::vector<Variable> variables;
  Workflow workflow;
  std::vector<Job> jobs;  // visible ones, in file order, `parallel` made instances
  machine::ExpressionPool conditions;
};

}  // namespace willrun::model
