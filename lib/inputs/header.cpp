#include "inputs/header.hpp"

#include <fmt/format.h>

#include <array>

#include <willrun/nearest.hpp>
#include "base/utf8.hpp"
#include "inputs/header_findings.hpp"
#include "inputs/rekey.hpp"
#include "ruby/print.hpp"

namespace willrun::inputs {

namespace {

using yaml::kNoNode;
using yaml::NodeId;

constexpr std::array<std::string_view, 1> kHeaderKeys{"spec"};
constexpr std::array<std::string_view, 4> kSpecKeys{"inputs", "include", "component", "description"};
constexpr std::array<std::string_view, 6> kInputKeys{"default", "description", "options", "regex", "type", "rules"};
constexpr std::array<std::string_view, 4> kComponentFields{"name", "sha", "version", "reference"};
constexpr std::array<std::string_view, 4> kTypes{"array", "boolean", "number", "string"};
constexpr std::size_t kDescriptionLength = 256;  // characters

class HeaderReader {
 public:
  HeaderReader(yaml::Tree& tree, const Limits& limits) : tree_(tree), limits_(limits), findings_(tree) {}

  Outcome<Header> read(NodeId header) {
    const HeaderPath path("header");
    if (findings_.expect_keys(path, header, kHeaderKeys)) read_spec(path.below("spec"), tree_.find(header, "spec"));
    if (findings_.count() > 0) return {std::nullopt, findings_.take()};
    return {std::move(header_), {}};
  }

 private:
  bool is_null(NodeId node) const { return node == kNoNode || tree_.kind(node) == ValueKind::null; }

  void read_spec(const HeaderPath& path, NodeId spec) {
    if (is_null(spec) || !findings_.expect_map(path, spec)) return;
    findings_.expect_keys(path, spec, kSpecKeys);
    check_description(path, tree_.find(spec, "description"));
    if (findings_.count() > 0) return;
    read_inputs(path.below("inputs"), tree_.find(spec, "inputs"));
    read_component(path.below("component"), tree_.find(spec, "component"));
  }

  void check_description(const HeaderPath& path, NodeId node) {
    if (is_null(node)) return;
    if (!tree_.is_string(node)) {
      findings_.add(path, node, fmt::format("the description is {}, expected a text", describe(tree_, node)),
                    "config description should be a string");
      return;
    }
    const std::size_t length = utf8::length(tree_.text(node));
    if (length <= kDescriptionLength) return;
    findings_.add(path, node,
                  fmt::format("the description has {} characters, at most {} are allowed", length, kDescriptionLength),
                  fmt::format("config description is too long (maximum is {} characters)", kDescriptionLength));
  }

  void read_inputs(const HeaderPath& path, NodeId inputs) {
    if (is_null(inputs) || !findings_.expect_map(path, inputs)) return;
    for (std::size_t i = 0; i < tree_.entries(inputs).size(); ++i) {
      const yaml::Entry entry = tree_.entries(inputs)[i];
      read_input(path.below(tree_, entry.key, "input"), entry.key, entry.value);
    }
  }

  void read_input(const HeaderPath& path, NodeId key, NodeId spec) {
    const std::size_t errors_before = findings_.count();
    const bool is_map = is_null(spec) || findings_.expect_map(path, spec);
    // GitLab checks this twice.
    if (!is_map) findings_.expect_map(path, spec);
    if (is_map && !is_null(spec)) {
      findings_.expect_keys(path, spec, kInputKeys);
      check_together(path, spec, "options");
      check_together(path, spec, "default");
    }
    check_alphanumeric(path, key, "key", "key");
    if (!is_map) return;
    if (!is_null(spec)) check_values(path, spec);
    if (findings_.count() == errors_before) check_rules(path.below("rules"), tree_.find(spec, "rules"));
    header_.inputs.push_back(input_spec(key, spec));
  }

  void check_rules(const HeaderPath& path, NodeId rules) {
    if (is_null(rules) || tree_.is_sequence(rules)) return;
    findings_.add(path, rules, fmt::format("the rules are {}, expected a list", describe(tree_, rules)),
                  "config should be an array");
  }

  // Neither `options` nor `default` may stand beside `rules`; null counts as there.
  void check_together(const HeaderPath& path, NodeId spec, std::string_view other) {
    const NodeId rules = tree_.find(spec, "rules");
    if (rules == kNoNode || tree_.find(spec, other) == kNoNode) return;
    findings_.add(path, rules, fmt::format("`rules` and `{}` exclude each other", other),
                  fmt::format("config these keys cannot be used together: {}, rules", other));
  }

  // GitLab's word for a text or an integer.
  void check_alphanumeric(const HeaderPath& path, NodeId node, std::string_view ours, std::string_view name) {
    const ValueKind kind = tree_.kind(node);
    const bool fits = kind == ValueKind::string || kind == ValueKind::symbol || kind == ValueKind::integer ||
                      kind == ValueKind::big_integer;
    if (fits) return;
    findings_.add(path, node, fmt::format("the {} is {}, expected a text", ours, describe(tree_, node)),
                  fmt::format("{} must be an alphanumeric string", name));
  }

  void check_values(const HeaderPath& path, NodeId spec) {
    const auto value = [&](std::string_view key) {
      const NodeId node = tree_.find(spec, key);
      return is_null(node) ? kNoNode : node;
    };
    const NodeId description = value("description");
    if (description != kNoNode) check_alphanumeric(path, description, "description", "input description");
    if (const NodeId regex = value("regex"); regex != kNoNode && !tree_.is_string(regex)) {
      findings_.add(path, regex, fmt::format("the regex is {}, expected a text", describe(tree_, regex)),
                    "input regex should be a string");
    }
    if (const NodeId type = value("type"); type != kNoNode) check_type(path, type);
    if (const NodeId options = value("options"); options != kNoNode) check_options(path, options);
  }

  void check_type(const HeaderPath& path, NodeId type) {
    const std::string name = ruby::to_s(tree_, type);
    if (tree_.is_string(type) && std::find(kTypes.begin(), kTypes.end(), name) != kTypes.end()) return;
    findings_.add(path, type,
                  fmt::format("the type is {}, expected {}", describe(tree_, type), fmt::join(kTypes, ", ")),
                  fmt::format("input type unknown value: {}", name));
  }

  void check_options(const HeaderPath& path, NodeId options) {
    if (!tree_.is_sequence(options)) {
      findings_.add(path, options, fmt::format("the options are {}, expected a list", describe(tree_, options)),
                    "input options should be an array");
    }
    const std::size_t count = ruby_size(options);
    if (count > limits_.input_options) {
      findings_.add(path, options, fmt::format("{} options, at most {} are allowed", count, limits_.input_options),
                    fmt::format("config cannot define more than {} options", limits_.input_options));
    }
    for (const NodeId item : tree_.items(options)) {
      if (!is_null(item)) continue;
      findings_.add(path, item, "an option is null, expected a value",
                    "config options array cannot contain null values");
      return;
    }
  }

  // GitLab counts whatever stands there: a text has its characters.
  std::size_t ruby_size(NodeId node) const {
    const ValueKind kind = tree_.kind(node);
    if (kind == ValueKind::sequence || kind == ValueKind::mapping) return tree_[node].size;
    return kind == ValueKind::string || kind == ValueKind::symbol ? utf8::length(tree_.text(node)) : 0;
  }

  InputSpec input_spec(NodeId key, NodeId spec) {
    InputSpec input{.name = ruby::to_s(tree_, key), .key = key};
    if (is_null(spec)) return input;
    input.default_value = tree_.find(spec, "default");
    if (input.default_value != kNoNode) input.default_value = with_keys(tree_, input.default_value, ValueKind::string);
    input.description = tree_.find(spec, "description");
    input.regex = tree_.find(spec, "regex");
    if (const NodeId options = tree_.find(spec, "options"); !is_null(options)) input.options = options;
    const NodeId rules = tree_.find(spec, "rules");
    if (!is_null(rules) && !tree_.items(rules).empty()) input.rules = rules;
    const NodeId type = tree_.find(spec, "type");
    if (type != kNoNode) input.type = type_of(type);
    return input;
  }

  std::optional<InputType> type_of(NodeId type) const {
    const auto known = std::find(kTypes.begin(), kTypes.end(), tree_.text(type));
    if (is_null(type) || known == kTypes.end()) return std::nullopt;
    return static_cast<InputType>(known - kTypes.begin());
  }

  void read_component(const HeaderPath& path, NodeId component) {
    if (is_null(component)) return;
    const bool is_list = tree_.is_sequence(component);
    if (!is_list) {
      findings_.add(path, component,
                    fmt::format("`{}` is {}, expected a list", path.text(), describe(tree_, component)),
                    "config should be an array");
    }
    check_fields(path, component, is_list);
  }

  void check_fields(const HeaderPath& path, NodeId component, bool is_list) {
    bool all_texts = is_list;
    std::vector<std::string> unknown;
    NodeId first = component;
    for (const NodeId item : tree_.items(component)) {
      all_texts = all_texts && tree_.is_string(item);
      const bool known = tree_.is_string(item) && std::find(kComponentFields.begin(), kComponentFields.end(),
                                                            tree_.text(item)) != kComponentFields.end();
      if (known) header_.component.push_back(tree_.text(item));
      if (known) continue;
      if (unknown.empty()) first = item;
      append_joined(unknown, item);
    }
    if (!all_texts) {
      findings_.add(path, component, fmt::format("`{}` is no list of texts", path.text()),
                    "config should be an array of strings");
    }
    if (!is_list || unknown.empty()) return;
    findings_.add(path, first,
                  fmt::format("{} is no field of a component, expected {}", describe(tree_, first),
                              fmt::join(kComponentFields, ", ")),
                  fmt::format("config contains unknown values: {}", fmt::join(unknown, ", ")));
  }

  // Ruby's join flattens lists. Recursion is as deep as the node.
  void append_joined(std::vector<std::string>& texts, NodeId item) const {
    if (!tree_.is_sequence(item)) {
      texts.push_back(ruby::to_s(tree_, item, ruby::Keys::symbols));
      return;
    }
    for (const NodeId child : tree_.items(item)) append_joined(texts, child);
  }

  yaml::Tree& tree_;
  const Limits& limits_;
  HeaderFindings findings_;
  Header header_;
};

}  // namespace

Outcome<Header> read_header(yaml::Tree& tree, NodeId header, const Limits& limits) {
  return HeaderReader(tree, limits).read(header);
}

}  // namespace willrun::inputs

namespace willrun {

std::string_view to_string(InputType type) { return inputs::kTypes[static_cast<std::size_t>(type)]; }

}  // namespace willrun
