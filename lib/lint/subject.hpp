// What lint checks look at: one sound configuration, with its conditions made ready.
#pragma once

#include <memory>
#include <set>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <willrun/options.hpp>

#include "compose/include.hpp"
#include "expr/tree.hpp"
#include "lint/usual.hpp"
#include "model/model.hpp"
#include "program/program.hpp"
#include "yaml/load.hpp"
#include "yaml/tree.hpp"

namespace willrun::lint {

// A `rules:if`, or one of `only:variables` and `except:variables`, parsed.
struct Condition {
  std::string_view text;
  yaml::NodeId node = yaml::kNoNode;
  bool has_inputs = false;  // a `$[[ ]]` block was filled in: with other inputs it is another condition
  std::vector<expr::Token> tokens;
  expr::Tree tree;
};

// One rule of the workflow or of a job. A rule that many jobs take from one place is there for each of them.
struct Rule {
  const model::Rule* model = nullptr;
  yaml::NodeId node = yaml::kNoNode;
  std::uint32_t condition = program::kNone;  // in Subject::conditions
};

// The rules of one list.
struct RuleList {
  const model::Job* job = nullptr;  // none: the workflow
  std::vector<Rule> rules;
};

// A condition and who evaluates it.
struct Use {
  const model::Job* job = nullptr;  // none: the workflow
  std::uint32_t condition = 0;      // in Subject::conditions
};

// What load() leaves behind, as checks see it. Refers to everything it is made of.
struct Sources {
  const SourceFiles& files;
  const yaml::Tree& tree;
  yaml::CiText text;     // of the file itself: header and content as written
  yaml::NodeId content;  // the same, inputs filled in
  yaml::NodeId merged;   // with what it includes; `extends` and references still there
  yaml::NodeId composed;
  const compose::Includes& includes;
  const model::Model& model;
  std::shared_ptr<const program::Program> program;
  const LoadOptions& options;
};

// Immutable once made. Linear in the configuration; equal conditions of one place are parsed once.
class Subject : public Sources {
 public:
  explicit Subject(const Sources& sources);
  Subject(const Subject&) = delete;  // conditions are referred to by number and by view
  Subject& operator=(const Subject&) = delete;

  std::vector<Condition> conditions;  // each place once
  std::vector<RuleList> lists;        // the workflow first, then jobs in file order, `parallel` ones once
  std::vector<Use> uses;              // of rules and of `only` and `except`, in the same order
  std::vector<UsualPipeline> usual;

  const Condition* condition_of(const Rule& rule) const {
    return rule.condition == program::kNone ? nullptr : &conditions[rule.condition];
  }
  // Whether the file, one of its jobs or one of its rules gives a value to a variable.
  bool sets(std::string_view variable) const { return set_.contains(variable); }
  // The span of a part of a condition, in its file.
  Span span(const Condition& condition, expr::Range range) const;
  // A piece of the main file itself, not of an included one.
  bool is_own(Span span) const { return span.file == tree.span(text.content).file; }

 private:
  void add_list(const model::Job* job, const std::vector<model::Rule>& rules, yaml::NodeId list);
  void add_policies(const model::Job& job);
  std::uint32_t condition_at(yaml::NodeId node);
  void note_variables();

  std::set<std::string_view> set_;
  std::unordered_map<std::uint32_t, std::uint32_t> known_;  // conditions by node
};

// Calls `visit` with each scalar below a node and the key under which it stands (kNoNode in a list).
template <class Visit>
void each_scalar(const yaml::Tree& tree, yaml::NodeId node, const Visit& visit, yaml::NodeId key = yaml::kNoNode) {
  if (tree.is_mapping(node)) {
    for (const yaml::Entry& entry : tree.entries(node)) each_scalar(tree, entry.value, visit, entry.key);
  } else if (tree.is_sequence(node) || tree.kind(node) == ValueKind::reference) {
    for (const yaml::NodeId item : tree.items(node)) each_scalar(tree, item, visit, key);
  } else {
    visit(node, key);
  }
}

}  // namespace willrun::lint
