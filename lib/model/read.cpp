#include "model/read.hpp"

#include <array>

#include "ruby/print.hpp"

namespace willrun::model {

namespace {

using yaml::kNoNode;
using yaml::NodeId;
using yaml::Tree;

constexpr std::array<std::string_view, 3> kDefaultStages = {"build", "test", "deploy"};
constexpr std::string_view kDefaultStage = "test";

class Reader {
 public:
  Reader(Tree& tree, const Defaults& defaults, machine::ExpressionPool& pool)
      : tree_(tree), defaults_(defaults), pool_(pool) {}

  // null counts as absent everywhere
  NodeId value(NodeId map, std::string_view key) const {
    const NodeId found = tree_.find(map, key);
    return found != kNoNode && tree_.kind(found) == ValueKind::null ? kNoNode : found;
  }

  Text text(NodeId node) const { return {tree_.text(node), tree_.span(node)}; }

  std::optional<Text> text(NodeId map, std::string_view key) const {
    const NodeId found = value(map, key);
    if (found == kNoNode) return std::nullopt;
    return text(found);
  }

  std::optional<bool> boolean(NodeId map, std::string_view key) const {
    const NodeId found = value(map, key);
    if (found == kNoNode || tree_.kind(found) != ValueKind::boolean) return std::nullopt;
    return tree_[found].boolean;
  }

  std::optional<When> when(NodeId map) const {
    const NodeId found = value(map, "when");
    if (found == kNoNode) return std::nullopt;
    return parse_when(tree_.text(found));
  }

  // Lists inside lists read as one list; null items are dropped, and what is no list has none.
  std::vector<NodeId> flat_items(NodeId list) const {
    std::vector<NodeId> items;
    if (list != kNoNode && tree_.is_sequence(list))
      yaml::each_flat(tree_, list, [&](NodeId item) { items.push_back(item); });
    return items;
  }

  std::vector<Text> texts(NodeId list) const {
    if (list != kNoNode && tree_.is_string(list)) return {text(list)};
    std::vector<Text> all;
    for (const NodeId item : flat_items(list)) all.push_back(text(item));
    return all;
  }

  std::vector<Variable> variables(NodeId map) {
    std::vector<Variable> all;
    if (map == kNoNode) return all;
    all.reserve(tree_.entries(map).size());
    for (std::size_t i = 0; i < tree_.entries(map).size(); ++i) {
      const yaml::Entry entry = tree_.entries(map)[i];
      all.push_back(variable(entry));
    }
    return all;
  }

  std::vector<std::string_view> spelled_items(NodeId node) {
    if (!tree_.is_sequence(node)) return {spelled(node)};
    std::vector<std::string_view> all;
    for (std::size_t i = 0; i < tree_.items(node).size(); ++i) all.push_back(spelled(tree_.items(node)[i]));
    return all;
  }

  std::vector<Product> matrix(NodeId parallel) {
    std::vector<Product> all;
    const NodeId list = value(parallel, "matrix");
    for (const NodeId item : flat_items(list)) {
      Product product;
      for (std::size_t i = 0; i < tree_.entries(item).size(); ++i) {
        const yaml::Entry entry = tree_.entries(item)[i];
        product.push_back({{spelled(entry.key), tree_.span(entry.key)}, spelled_items(entry.value)});
      }
      all.push_back(std::move(product));
    }
    return all;
  }

  std::optional<Parallel> parallel(NodeId job) {
    const NodeId node = value(job, "parallel");
    if (node == kNoNode) return std::nullopt;
    Parallel read;
    if (tree_.kind(node) == ValueKind::integer) {
      read.number = static_cast<std::uint32_t>(tree_[node].integer);
      read.total = read.number;
      return read;
    }
    read.matrix = matrix(node);
    for (const Product& product : read.matrix) {
      std::uint32_t combinations = 1;
      for (const ProductVariable& variable : product)
        combinations *= static_cast<std::uint32_t>(variable.values.size());
      read.total += combinations;
    }
    return read;
  }

  std::optional<Environment> environment(NodeId job) const {
    const NodeId node = value(job, "environment");
    if (node == kNoNode) return std::nullopt;
    Environment read;
    if (!tree_.is_mapping(node)) {
      read.name = text(node);
      return read;
    }
    read.name = text(value(node, "name"));
    read.on_stop = text(node, "on_stop");
    if (const auto action = text(node, "action")) read.action = action->value;
    if (const auto tier = text(node, "deployment_tier")) read.tier = tier->value;
    if (const auto url = text(node, "url")) read.url = url->value;
    return read;
  }

  std::vector<Text> artifact_jobs(NodeId trigger) const {
    std::vector<Text> all;
    const NodeId include = trigger == kNoNode ? kNoNode : value(trigger, "include");
    if (include == kNoNode || !tree_.is_sequence(include)) return all;
    for (const NodeId item : tree_.items(include)) {
      if (value(item, "artifact") != kNoNode && value(item, "job") != kNoNode) all.push_back(*text(item, "job"));
    }
    return all;
  }

  std::optional<std::vector<Text>> tags(const JobNodes& nodes) const {
    if (nodes.bridge) return std::nullopt;
    const NodeId own = value(nodes.config, "tags");
    const NodeId list = own != kNoNode ? own : defaults_.find(nodes.config, "tags").value;
    return list == kNoNode ? std::nullopt : std::optional(texts(list));
  }

  bool has_exit_codes(NodeId job) const {
    const NodeId allow = value(job, "allow_failure");
    return allow != kNoNode && value(allow, "exit_codes") != kNoNode;
  }

  bool waits_for_pipeline(NodeId needs) const {
    const std::vector<NodeId> all = tree_.is_mapping(needs) ? std::vector<NodeId>{needs} : flat_items(needs);
    return std::ranges::any_of(all, [&](NodeId need) {
      return tree_.is_mapping(need) && value(need, "pipeline") != kNoNode && value(need, "job") == kNoNode;
    });
  }

  RootVariables root_variables(NodeId job) const {
    RootVariables read;
    const NodeId inherit = value(job, "inherit");
    const NodeId wanted = inherit == kNoNode ? kNoNode : value(inherit, "variables");
    if (wanted == kNoNode) return read;
    read.all = tree_.kind(wanted) == ValueKind::boolean && tree_[wanted].boolean;
    if (!tree_.is_sequence(wanted)) return read;
    for (const NodeId name : tree_.items(wanted)) read.names.push_back(tree_.text(name));
    return read;
  }

  Changes changes(NodeId node) const {
    if (!tree_.is_mapping(node)) return {texts(node), std::nullopt};
    return {texts(value(node, "paths")), text(node, "compare_to")};
  }

  Exists exists(NodeId node) const {
    if (!tree_.is_mapping(node)) return {texts(node), std::nullopt, std::nullopt};
    return {texts(value(node, "paths")), text(node, "project"), text(node, "ref")};
  }

  std::vector<Need> needs(NodeId list) {
    std::vector<Need> all;
    const bool one = list != kNoNode && tree_.is_mapping(list);
    for (const NodeId item : one ? std::vector<NodeId>{list} : flat_items(list)) {
      if (tree_.is_string(item)) {
        all.push_back({text(item)});
      } else if (const NodeId job = value(item, "job");
                 job != kNoNode && value(item, "pipeline") == kNoNode && value(item, "project") == kNoNode) {
        const NodeId parallel = value(item, "parallel");
        all.push_back({text(job), boolean(item, "artifacts").value_or(true), boolean(item, "optional").value_or(false),
                       parallel == kNoNode ? std::vector<Product>() : matrix(parallel)});
      }
    }
    return all;
  }

  std::optional<Policy> policy(NodeId node) {
    if (node == kNoNode) return std::nullopt;
    Policy read;
    if (!tree_.is_mapping(node)) {
      read.refs = texts(node);
      return read;
    }
    if (const NodeId refs = value(node, "refs"); refs != kNoNode) read.refs = texts(refs);
    if (const NodeId paths = value(node, "changes"); paths != kNoNode) read.changes = texts(paths);
    if (const NodeId conditions = value(node, "variables"); conditions != kNoNode) {
      read.variables.emplace();
      for (const Text& condition : texts(conditions))
        read.variables->push_back(std::get<machine::ExpressionId>(pool_.add(condition.value)));
    }
    read.kubernetes = value(node, "kubernetes") != kNoNode;
    return read;
  }

  Rule rule(NodeId node) {
    Rule read;
    read.span = tree_.span(node);
    read.condition = text(node, "if");
    if (read.condition) read.expression = std::get<machine::ExpressionId>(pool_.add(read.condition->value));
    if (const NodeId found = value(node, "changes"); found != kNoNode) read.changes = changes(found);
    if (const NodeId found = value(node, "exists"); found != kNoNode) read.exists = exists(found);
    read.when = when(node);
    read.start_in = text(node, "start_in");
    read.allow_failure = boolean(node, "allow_failure");
    read.interruptible = boolean(node, "interruptible");
    read.variables = variables(value(node, "variables"));
    read.needs = needs(value(node, "needs"));
    return read;
  }

  std::optional<std::vector<Rule>> rules(NodeId map) {
    const NodeId list = value(map, "rules");
    if (list == kNoNode) return std::nullopt;
    return rule_list(list);
  }

  std::vector<Rule> rule_list(NodeId list) {
    std::vector<Rule> all;
    for (const NodeId item : flat_items(list)) all.push_back(rule(item));
    return all;
  }

  Job job(const JobNodes& nodes, bool workflow_has_rules) {
    Job read;
    read.name = text(nodes.name);
    read.span = tree_.span(nodes.config);
    read.bridge = nodes.bridge;
    read.key = nodes.name;
    read.config = nodes.config;
    read.parallel = parallel(nodes.config);
    read.environment = environment(nodes.config);
    read.root_variables = root_variables(nodes.config);
    read.tags = tags(nodes);
    read.has_exit_codes = has_exit_codes(nodes.config);
    read.waits_for_needs = value(nodes.config, "needs") != kNoNode && !waits_for_pipeline(value(nodes.config, "needs"));
    if (const NodeId node = value(nodes.config, "trigger"); node != kNoNode) read.trigger = to_value(tree_, node);
    read.artifact_jobs = artifact_jobs(value(nodes.config, "trigger"));
    const NodeId pages = value(nodes.config, "pages");
    read.publishes_twice =
        pages != kNoNode && value(pages, "publish") != kNoNode && value(nodes.config, "publish") != kNoNode;
    if (const NodeId list = value(nodes.config, "dependencies"); list != kNoNode) read.dependencies = texts(list);
    read.stage = text(nodes.config, "stage").value_or(Text{kDefaultStage, read.name.span});
    read.when = when(nodes.config);
    read.start_in = text(nodes.config, "start_in");
    read.allow_failure = allow_failure(nodes.config);
    read.interruptible = interruptible(nodes.config);
    read.variables = variables(value(nodes.config, "variables"));
    read.needs = needs(value(nodes.config, "needs"));
    read.rules = rules(nodes.config);
    const bool decided_by_rules = workflow_has_rules || tree_.find(nodes.config, "rules") != kNoNode;
    read.only = policy(value(nodes.config, "only"));
    if (!read.only && !decided_by_rules) read.only.emplace().by_default = true;
    if (read.only && !read.only->refs) read.only->refs = {{"branches", read.name.span}, {"tags", read.name.span}};
    read.except = policy(value(nodes.config, "except"));
    return read;
  }

  // .pre and .post stand at the ends wherever they are written; an empty list takes neither.
  std::vector<Text> stages(NodeId root) const {
    std::vector<Text> all;
    const NodeId list = value(root, "stages");
    const std::vector<Text> written = texts(list);
    const Span place = list == kNoNode ? tree_.span(root) : tree_.span(list);
    if (list != kNoNode && written.empty()) return all;
    all.push_back({kFirstStage, place});
    if (list == kNoNode) {
      for (const std::string_view stage : kDefaultStages) all.push_back({stage, place});
    }
    for (const Text& stage : written) {
      if (stage.value != kFirstStage && stage.value != kLastStage) all.push_back(stage);
    }
    all.push_back({kLastStage, place});
    return all;
  }

 private:
  static std::optional<When> parse_when(std::string_view word) {
    for (const When known :
         {When::on_success, When::on_failure, When::always, When::manual, When::delayed, When::never}) {
      if (to_string(known) == word) return known;
    }
    return std::nullopt;
  }

  // Exit codes alone make a job that may not fail otherwise.
  std::optional<bool> allow_failure(NodeId job) const {
    const NodeId found = value(job, "allow_failure");
    if (found == kNoNode) return std::nullopt;
    return tree_.kind(found) == ValueKind::boolean && tree_[found].boolean;
  }

  Variable variable(const yaml::Entry& entry) {
    Variable read;
    NodeId node = entry.value;
    if (tree_.is_mapping(node)) {
      const auto expand = boolean(node, "expand");
      read.raw = expand == false;
      read.says_expand = expand.has_value();
      const NodeId inner = value(node, "value");
      read.span = tree_.span(node);
      node = inner;
    } else {
      read.span = tree_.span(node);
    }
    read.name = spelled(entry.key);
    if (node != kNoNode) read.value = spelled(node);
    return read;
  }

  // Scalars as Ruby prints them: 010 is "8", yes is "true", null is "".
  std::string_view spelled(NodeId node) {
    const ValueKind kind = tree_.kind(node);
    if (kind == ValueKind::string || kind == ValueKind::symbol) return tree_.text(node);
    return tree_.keep(ruby::to_s(tree_, node));
  }

  std::optional<bool> interruptible(NodeId job) const {
    if (const auto own = boolean(job, "interruptible")) return own;
    const NodeId given = defaults_.find(job, "interruptible").value;
    return given == kNoNode ? std::nullopt : std::optional(bool{tree_[given].boolean});
  }

  Tree& tree_;
  const Defaults& defaults_;
  machine::ExpressionPool& pool_;
};

}  // namespace

void read(Tree& tree, NodeId root, const Defaults& defaults, const std::vector<JobNodes>& jobs,
          machine::ExpressionPool& pool, Model& model) {
  Reader reader(tree, defaults, pool);
  model.stages = reader.stages(root);
  model.variables = reader.variables(reader.value(root, "variables"));
  if (const NodeId workflow = reader.value(root, "workflow"); workflow != kNoNode) {
    model.workflow = {reader.text(workflow, "name"), reader.rules(workflow)};
  }
  model.jobs.reserve(jobs.size());
  const bool workflow_decides = workflow_has_rules(tree, root);
  for (const JobNodes& job : jobs) model.jobs.push_back(reader.job(job, workflow_decides));
}

std::vector<Rule> read_rules(Tree& tree, NodeId rules, machine::ExpressionPool& pool) {
  const Defaults none(tree, rules);
  return Reader(tree, none, pool).rule_list(rules);
}

}  // namespace willrun::model
