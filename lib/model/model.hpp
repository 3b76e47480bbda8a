// The typed model of a configuration: what a decision needs, each with its place. Texts point into the tree.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <willrun/decision.hpp>

#include "machine/program.hpp"
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
  bool raw = false;  // `expand: false`
  Span span;         // of the value
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

struct Need {
  Text job;
  bool artifacts = true;
  bool optional = false;
};

// `only` or `except`: each clause that is there has to hold (`only`), or none of them may (`except`).
struct Policy {
  std::optional<std::vector<Text>> refs;
  std::optional<std::vector<machine::ExpressionId>> variables;
  std::optional<std::vector<Text>> changes;
  bool kubernetes = false;
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
  Text name;
  Text stage;
  Span span;  // of the whole job
  std::optional<When> when;
  std::optional<Text> start_in;
  std::optional<bool> allow_failure;  // absent: manual jobs may fail, others may not
  std::optional<bool> interruptible;
  std::vector<Variable> variables;
  std::vector<Need> needs;
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

// Owns conditions and lists; texts belong to the tree, which must outlive it.
struct Model {
  std::vector<Text> stages;  // .pre first and .post last
  std::vector<Variable> variables;
  Workflow workflow;
  std::vector<Job> jobs;  // visible ones, in file order
  machine::ExpressionPool conditions;
};

}  // namespace willrun::model
