#include "model/attributes.hpp"

#include <algorithm>

#include "model/duration.hpp"
#include "model/entry.hpp"
#include "model/keywords.hpp"

namespace willrun::model {

namespace {

using yaml::kNoNode;
using yaml::NodeId;
using yaml::Tree;

// A map that takes only what is there.
class Fields {
 public:
  void add(std::string_view key, Value value) { pairs_.emplace_back(Value(std::string(key)), std::move(value)); }
  void add(std::string_view key, std::optional<Value> value) {
    if (value) add(key, std::move(*value));
  }
  void add_text(std::string_view key, const std::optional<Text>& text) {
    if (text) add(key, Value(std::string(text->value)));
  }
  void add_flag(std::string_view key, const std::optional<bool>& flag) {
    if (flag) add(key, Value(*flag));
  }
  bool has(std::string_view key) const {
    return std::ranges::any_of(pairs_, [&](const auto& pair) { return pair.first.text() == key; });
  }
  Value take() { return Value(std::move(pairs_)); }

 private:
  Value::Mapping pairs_;
};

Value text_value(std::string_view text) { return Value(std::string(text)); }

Value texts_value(const std::vector<Text>& texts) {
  Value::Sequence items;
  for (const Text& text : texts) items.push_back(text_value(text.value));
  return Value(std::move(items));
}

Value variable_list(const std::vector<Variable>& variables) {
  Value::Sequence items;
  for (const Variable& variable : variables) {
    Fields fields;
    fields.add("key", text_value(variable.name));
    fields.add("value", text_value(variable.value));
    if (variable.says_expand) fields.add("raw", Value(variable.raw));
    items.push_back(fields.take());
  }
  return Value(std::move(items));
}

Value needs_value(const std::vector<Need>& needs) {
  Value::Sequence items;
  for (const Need& need : needs) {
    Fields fields;
    fields.add("name", text_value(need.job.value));
    fields.add("artifacts", Value(need.artifacts));
    fields.add("optional", Value(need.optional));
    items.push_back(fields.take());
  }
  return Value(std::move(items));
}

// Maps of one file: the rest of the class reads nothing but nodes.
class Nodes {
 public:
  explicit Nodes(const Tree& tree) : tree_(tree) {}

  // null counts as absent everywhere
  NodeId value(NodeId map, std::string_view key) const {
    const NodeId found = map == kNoNode ? kNoNode : tree_.find(map, key);
    return found != kNoNode && tree_.kind(found) == ValueKind::null ? kNoNode : found;
  }
  bool is_map(NodeId node) const { return node != kNoNode && tree_.is_mapping(node); }
  bool is_list(NodeId node) const { return node != kNoNode && tree_.is_sequence(node); }

  // As it is written.
  std::optional<Value> plain(NodeId node) const {
    if (node == kNoNode) return std::nullopt;
    return to_value(tree_, node);
  }
  std::optional<Value> plain(NodeId map, std::string_view key) const { return plain(value(map, key)); }

  // A list, lists in it flattened; one value counts as a list of it.
  std::optional<Value> list(NodeId node) const {
    if (node == kNoNode) return std::nullopt;
    Value::Sequence items;
    flatten(node, items);
    return Value(std::move(items));
  }

  // The map with some values replaced.
  Value with(NodeId map, const std::vector<std::pair<std::string_view, Value>>& replaced) const {
    Fields fields;
    for (const yaml::Entry& entry : tree_.entries(map)) {
      const std::string_view key = tree_.text(entry.key);
      const auto other =
          std::find_if(replaced.begin(), replaced.end(), [&](const auto& pair) { return pair.first == key; });
      if (other != replaced.end()) {
        fields.add(key, other->second);
      } else {
        fields.add(key, to_value(tree_, entry.value));
      }
    }
    return fields.take();
  }

  // The values of lists inside lists, null items dropped.
  std::vector<NodeId> items(NodeId list) const {
    std::vector<NodeId> all;
    yaml::each_flat(tree_, list, [&](NodeId item) { all.push_back(item); });
    return all;
  }

  const Tree& tree() const { return tree_; }

 private:
  void flatten(NodeId node, Value::Sequence& items) const {
    if (!tree_.is_sequence(node)) {
      items.push_back(to_value(tree_, node));
      return;
    }
    for (const NodeId item : tree_.items(node)) flatten(item, items);
  }

  const Tree& tree_;
};

Value rule_value(const Nodes& nodes, NodeId node, const Rule& rule) {
  Fields fields;
  fields.add_text("if", rule.condition);
  if (rule.changes) {
    Fields changes;
    changes.add("paths", texts_value(rule.changes->paths));
    changes.add_text("compare_to", rule.changes->compare_to);
    fields.add("changes", changes.take());
  }
  if (rule.exists) {
    Fields exists;
    exists.add("paths", texts_value(rule.exists->paths));
    exists.add_text("project", rule.exists->project);
    exists.add_text("ref", rule.exists->ref);
    fields.add("exists", exists.take());
  }
  if (rule.when) fields.add("when", text_value(to_string(*rule.when)));
  fields.add_text("start_in", rule.start_in);
  fields.add_flag("allow_failure", rule.allow_failure);
  fields.add_flag("interruptible", rule.interruptible);
  if (nodes.value(node, "variables") != kNoNode) {
    Fields variables;
    for (const Variable& variable : rule.variables) variables.add(variable.name, text_value(variable.value));
    fields.add("variables", variables.take());
  }
  if (nodes.value(node, "needs") != kNoNode) {
    Fields needs;
    if (!rule.needs.empty()) needs.add("job", needs_value(rule.needs));
    fields.add("needs", needs.take());
  }
  fields.add("auto_cancel", nodes.plain(node, "auto_cancel"));
  return fields.take();
}

std::optional<Value> rules_value(const Nodes& nodes, NodeId holder, const std::optional<std::vector<Rule>>& rules) {
  if (!rules) return std::nullopt;
  const std::vector<NodeId> written = nodes.items(nodes.value(holder, "rules"));
  Value::Sequence items;
  for (std::size_t i = 0; i < rules->size(); ++i) items.push_back(rule_value(nodes, written[i], (*rules)[i]));
  return Value(std::move(items));
}

// One job: what it says itself, and what it takes from `default:`.
class JobValues {
 public:
  JobValues(const Nodes& nodes, const Defaults& defaults, const Model& model, const Job& job)
      : nodes_(nodes), defaults_(defaults), model_(model), job_(job) {}

  Value attributes() const {
    Fields fields;
    fields.add("stage_idx", Value(static_cast<std::int64_t>(stage_index())));
    fields.add("stage", text_value(job_.stage.value));
    fields.add("tag_list", nodes_.plain(effective("tags")));
    fields.add("name", text_value(job_.name.value));
    const When when = job_.when.value_or(When::on_success);
    fields.add("allow_failure", Value(job_.allow_failure.value_or(job_.when == When::manual)));
    fields.add("when", text_value(to_string(when)));
    if (job_.environment) fields.add("environment", text_value(job_.environment->name.value));
    fields.add("coverage_regex", coverage());
    fields.add("job_variables", variable_list(job_.variables));
    fields.add("root_variables_inheritance", inherited_variables());
    fields.add("needs_attributes", needs());
    fields.add_flag("interruptible", job_.interruptible);
    fields.add("only", policy("only"));
    fields.add("except", policy("except"));
    fields.add("rules", rules_value(nodes_, job_.config, job_.rules));
    fields.add("cache", caches());
    fields.add("resource_group_key", plain("resource_group"));
    fields.add("scheduling_type", text_value(job_.waits_for_needs ? "dag" : "stage"));
    fields.add("id_tokens", nodes_.plain(effective("id_tokens")));
    fields.add("inputs", inputs());
    fields.add("options", options());
    return fields.take();
  }

 private:
  NodeId own(std::string_view key) const { return nodes_.value(job_.config, key); }
  std::optional<Value> plain(std::string_view key) const { return nodes_.plain(own(key)); }

  NodeId effective(std::string_view key) const {
    const NodeId value = own(key);
    if (value != kNoNode) return value;
    return takes_default(job_.bridge ? kBridgeEntry : kJobEntry, key) ? defaults_.find(job_.config, key).value
                                                                      : kNoNode;
  }

  std::size_t stage_index() const {
    const auto at = std::find_if(model_.stages.begin(), model_.stages.end(),
                                 [&](const Text& stage) { return stage.value == job_.stage.value; });
    return static_cast<std::size_t>(at - model_.stages.begin());
  }

  Value options() const {
    Fields fields;
    fields.add("image", image(effective("image")));
    fields.add("services", services());
    fields.add("allow_failure_criteria", failure_criteria());
    fields.add("artifacts", artifacts());
    if (job_.dependencies) fields.add("dependencies", texts_value(*job_.dependencies));
    fields.add("cross_dependencies", cross_dependencies());
    fields.add("job_timeout", timeout());
    fields.add("before_script", nodes_.list(effective("before_script")));
    fields.add("script", nodes_.list(own("script")));
    fields.add("after_script", nodes_.list(effective("after_script")));
    fields.add("hooks", hooks());
    fields.add("environment", environment());
    fields.add("resource_group_key", plain("resource_group"));
    fields.add("retry", retry());
    fields.add("parallel", parallel());
    if (job_.instance != 0) fields.add("instance", Value(static_cast<std::int64_t>(job_.instance)));
    fields.add("start_in", plain("start_in"));
    fields.add("trigger", trigger());
    fields.add("bridge_needs", bridge_needs());
    fields.add("release", release());
    fields.add("publish", plain("publish"));
    fields.add("pages", plain("pages"));
    fields.add("manual_confirmation", plain("manual_confirmation"));
    for (const std::string_view key : {"run", "secrets", "dast_configuration"}) fields.add(key, plain(key));
    fields.add("identity", nodes_.plain(effective("identity")));
    return fields.take();
  }

  // GitLab takes off the first and the last character, be the last one a slash or a flag.
  std::optional<Value> coverage() const {
    const NodeId node = own("coverage");
    if (node == kNoNode) return std::nullopt;
    std::string_view pattern = nodes_.tree().text(node);
    return text_value(pattern.substr(1, pattern.size() - 2));
  }

  Value inherited_variables() const {
    if (job_.root_variables.all) return Value(true);
    const NodeId wanted = nodes_.value(own("inherit"), "variables");
    return to_value(nodes_.tree(), wanted);
  }

  std::optional<Value> needs() const {
    if (job_.needs.empty()) return std::nullopt;
    return needs_value(job_.needs);
  }

  std::optional<Value> bridge_needs() const {
    for (const NodeId need : nodes_.items(own("needs"))) {
      if (nodes_.is_map(need) && nodes_.value(need, "pipeline") != kNoNode && nodes_.value(need, "job") == kNoNode)
        return to_value(nodes_.tree(), need);
    }
    return std::nullopt;
  }

  std::optional<Value> cross_dependencies() const {
    Value::Sequence all;
    for (const NodeId need : nodes_.items(own("needs"))) {
      if (!nodes_.is_map(need) || nodes_.value(need, "job") == kNoNode) continue;
      if (nodes_.value(need, "pipeline") == kNoNode && nodes_.value(need, "project") == kNoNode) continue;
      Fields fields;
      for (const std::string_view key : {"pipeline", "project", "ref", "job"}) fields.add(key, nodes_.plain(need, key));
      fields.add("artifacts", nodes_.plain(need, "artifacts").value_or(Value(true)));
      all.push_back(fields.take());
    }
    if (all.empty()) return std::nullopt;
    return Value(std::move(all));
  }

  std::optional<Value> policy(std::string_view key) const {
    const bool is_only = key == "only";
    if (is_only ? !job_.only : !job_.except) return std::nullopt;
    const NodeId node = own(key);
    Fields fields;
    if (node == kNoNode || nodes_.is_list(node)) {
      fields.add("refs", texts_value(*(is_only ? job_.only : job_.except)->refs));
      return fields.take();
    }
    if (is_only && nodes_.value(node, "refs") == kNoNode) fields.add("refs", texts_value(*job_.only->refs));
    for (const yaml::Entry& entry : nodes_.tree().entries(node)) {
      if (nodes_.tree().kind(entry.value) == ValueKind::null) continue;
      fields.add(nodes_.tree().text(entry.key), to_value(nodes_.tree(), entry.value));
    }
    return fields.take();
  }

  std::optional<Value> caches() const {
    const NodeId node = effective("cache");
    if (node == kNoNode) return std::nullopt;
    Value::Sequence all;
    for (const NodeId cache : nodes_.items(node)) {
      Fields fields;
      fields.add("key", nodes_.plain(cache, "key").value_or(Value("default")));
      fields.add("untracked", nodes_.plain(cache, "untracked"));
      fields.add("paths", nodes_.plain(cache, "paths"));
      fields.add("unprotect", nodes_.plain(cache, "unprotect").value_or(Value(false)));
      fields.add("policy", nodes_.plain(cache, "policy").value_or(Value("pull-push")));
      fields.add("when", nodes_.plain(cache, "when").value_or(Value("on_success")));
      fields.add("fallback_keys", nodes_.plain(cache, "fallback_keys").value_or(Value(Value::Sequence())));
      all.push_back(fields.take());
    }
    return Value(std::move(all));
  }

  std::optional<Value> inputs() const {
    const NodeId node = own("inputs");
    if (node == kNoNode) return std::nullopt;
    Fields all;
    for (const yaml::Entry& entry : nodes_.tree().entries(node)) {
      Fields input;
      for (const yaml::Entry& attribute : nodes_.tree().entries(entry.value)) {
        if (nodes_.tree().kind(attribute.value) == ValueKind::null) continue;
        input.add(nodes_.tree().text(attribute.key), to_value(nodes_.tree(), attribute.value));
      }
      if (!input.has("type")) input.add("type", Value("string"));
      all.add(nodes_.tree().text(entry.key), input.take());
    }
    return all.take();
  }

  std::optional<Value> image(NodeId node) const {
    if (node == kNoNode) return std::nullopt;
    Fields fields;
    if (!nodes_.is_map(node)) {
      fields.add("name", to_value(nodes_.tree(), node));
      return fields.take();
    }
    fields.add("name", nodes_.plain(node, "name"));
    fields.add("entrypoint", nodes_.plain(node, "entrypoint"));
    fields.add("pull_policy", nodes_.list(nodes_.value(node, "pull_policy")));
    Fields executors;
    for (const std::string_view executor : {"docker", "kubernetes"})
      executors.add(executor, nodes_.plain(node, executor));
    Value options = executors.take();
    if (!options.pairs().empty()) fields.add("executor_opts", std::move(options));
    for (const std::string_view key : {"alias", "variables"}) fields.add(key, nodes_.plain(node, key));
    fields.add("command", nodes_.list(nodes_.value(node, "command")));
    return fields.take();
  }

  std::optional<Value> services() const {
    const NodeId node = effective("services");
    if (node == kNoNode) return std::nullopt;
    Value::Sequence all;
    for (const NodeId service : nodes_.items(node)) all.push_back(*image(service));
    return Value(std::move(all));
  }

  std::optional<Value> failure_criteria() const {
    const NodeId node = own("allow_failure");
    if (!nodes_.is_map(node)) return std::nullopt;
    Fields fields;
    fields.add("exit_codes", nodes_.list(nodes_.value(node, "exit_codes")));
    return fields.take();
  }

  // The folder that pages publish is an artifact, whether or not the job says so.
  std::optional<Value> published() const {
    const NodeId pages = own("pages");
    const bool is_pages =
        pages == kNoNode ? job_.name.value == "pages" : nodes_.is_map(pages) || nodes_.tree()[pages].boolean;
    if (job_.bridge || !is_pages) return std::nullopt;
    if (const auto folder = plain("publish")) return folder;
    return nodes_.is_map(pages) ? nodes_.plain(pages, "publish").value_or(Value("public")) : Value("public");
  }

  std::optional<Value> artifacts() const {
    const NodeId node = effective("artifacts");
    const std::optional<Value> folder = published();
    if (node == kNoNode && !folder) return std::nullopt;
    std::vector<std::pair<std::string_view, Value>> replaced;
    if (const NodeId reports = nodes_.value(node, "reports"); reports != kNoNode)
      replaced.emplace_back("reports", report_lists(reports));
    if (!folder) return nodes_.with(node, replaced);
    Value::Sequence paths;
    if (const NodeId own_paths = nodes_.value(node, "paths"); own_paths != kNoNode)
      paths = to_value(nodes_.tree(), own_paths).items();
    if (std::ranges::find(paths, *folder) == paths.end()) paths.push_back(*folder);
    replaced.emplace_back("paths", Value(std::move(paths)));
    Value::Mapping pairs;
    if (node != kNoNode) pairs = nodes_.with(node, replaced).pairs();
    if (nodes_.value(node, "paths") == kNoNode) pairs.emplace_back(Value("paths"), replaced.back().second);
    return Value(std::move(pairs));
  }

  Value report_lists(NodeId reports) const {
    Fields fields;
    for (const yaml::Entry& entry : nodes_.tree().entries(reports)) {
      if (nodes_.tree().kind(entry.value) == ValueKind::null) continue;
      fields.add(nodes_.tree().text(entry.key),
                 nodes_.is_map(entry.value) ? nodes_.plain(entry.value) : nodes_.list(entry.value));
    }
    return fields.take();
  }

  std::optional<Value> timeout() const {
    const NodeId node = own("timeout");  // GitLab leaves that of `default:` to the runner
    if (node == kNoNode) return std::nullopt;
    return Value(static_cast<std::int64_t>(parse_duration(nodes_.tree().text(node)).value_or(0)));
  }

  std::optional<Value> hooks() const {
    const NodeId node = effective("hooks");
    if (node == kNoNode) return std::nullopt;
    Fields fields;
    fields.add("pre_get_sources_script", nodes_.list(nodes_.value(node, "pre_get_sources_script")));
    return fields.take();
  }

  std::optional<Value> environment() const {
    const NodeId node = own("environment");
    if (node == kNoNode || nodes_.is_map(node)) return nodes_.plain(node);
    Fields fields;
    fields.add("name", to_value(nodes_.tree(), node));
    fields.add("action", Value("start"));
    return fields.take();
  }

  std::optional<Value> retry() const {
    const NodeId node = effective("retry");
    if (node == kNoNode) return std::nullopt;
    Fields fields;
    if (!nodes_.is_map(node)) {
      fields.add("max", to_value(nodes_.tree(), node));
      return fields.take();
    }
    fields.add("max", nodes_.plain(node, "max"));
    fields.add("when", nodes_.list(nodes_.value(node, "when")));
    fields.add("exit_codes", nodes_.list(nodes_.value(node, "exit_codes")));
    return fields.take();
  }

  std::optional<Value> parallel() const {
    if (!job_.parallel) return std::nullopt;
    Fields fields;
    if (job_.parallel->number > 0) {
      fields.add("number", Value(static_cast<std::int64_t>(job_.parallel->number)));
    } else {
      Value::Sequence matrix;
      for (const Product& product : job_.parallel->matrix) {
        Fields names;
        for (const ProductVariable& variable : product) {
          Value::Sequence values;
          for (const std::string_view value : variable.values) values.push_back(text_value(value));
          names.add(variable.name.value, Value(std::move(values)));
        }
        matrix.push_back(names.take());
      }
      fields.add("matrix", Value(std::move(matrix)));
    }
    fields.add("total", Value(static_cast<std::int64_t>(job_.parallel->total)));
    return fields.take();
  }

  std::optional<Value> trigger() const {
    const NodeId node = own("trigger");
    if (node == kNoNode || nodes_.is_map(node)) return nodes_.plain(node);
    Fields fields;
    fields.add("project", to_value(nodes_.tree(), node));
    return fields.take();
  }

  std::optional<Value> release() const {
    const NodeId node = own("release");
    if (node == kNoNode) return std::nullopt;
    std::vector<std::pair<std::string_view, Value>> replaced;
    if (const auto milestones = nodes_.list(nodes_.value(node, "milestones")))
      replaced.emplace_back("milestones", *milestones);
    return nodes_.with(node, replaced);
  }

  const Nodes& nodes_;
  const Defaults& defaults_;
  const Model& model_;
  const Job& job_;
};

}  // namespace

Value job_attributes(const Tree& tree, const Defaults& defaults, const Model& model, const Job& job) {
  const Nodes nodes(tree);
  return JobValues(nodes, defaults, model, job).attributes();
}

Value root_variables(const Model& model) { return variable_list(model.variables); }

Value workflow_attributes(const Tree& tree, NodeId root, const Model& model) {
  const Nodes nodes(tree);
  const NodeId workflow = nodes.value(root, "workflow");
  Fields fields;
  if (workflow == kNoNode || looks_like_job(tree, workflow)) return fields.take();
  fields.add("rules", rules_value(nodes, workflow, model.workflow.rules));
  fields.add_text("name", model.workflow.name);
  fields.add("auto_cancel", nodes.plain(workflow, "auto_cancel"));
  return fields.take();
}

}  // namespace willrun::model
