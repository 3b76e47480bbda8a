#include "inputs/resolve.hpp"

#include <fmt/format.h>

#include <unordered_map>

#include <willrun/nearest.hpp>
#include "inputs/header_findings.hpp"
#include "inputs/input_errors.hpp"
#include "inputs/input_value.hpp"
#include "ruby/print.hpp"

namespace willrun::inputs {

namespace {

using diag::Code;
using yaml::kNoNode;
using yaml::NodeId;

class Resolver {
 public:
  Resolver(yaml::Tree& tree, const Header& header, NodeId given, Span place, const Limits& limits)
      : tree_(tree), header_(header), given_(given), place_(place), limits_(limits) {}

  Outcome<std::vector<NodeId>> resolve() {
    if (given_ != kNoNode && tree_.kind(given_) != ValueKind::null && !tree_.is_mapping(given_)) {
      errors_.add_whole(Code::input_wrong_type, place_,
                        fmt::format("the inputs are {}, expected a map", describe(tree_, given_)),
                        "Given inputs must be a hash");
      return {std::nullopt, errors_.take()};
    }
    take_given();
    std::vector<NodeId> values;
    for (const InputSpec& input : header_.inputs) {
      values.push_back(value_of(input));
      if (errors_.crashed()) break;
      known_[input.name] = values.back();
    }
    if (!errors_.empty()) return {std::nullopt, errors_.take()};
    return {std::move(values), {}};
  }

  // Of the inputs that resolve() came to.
  std::vector<RuleChoice> take_choices() { return std::move(choices_); }

 private:
  bool is_null(NodeId node) const { return node == kNoNode || tree_.kind(node) == ValueKind::null; }

  void take_given() {
    std::unordered_map<std::string_view, bool> declared;
    for (const InputSpec& input : header_.inputs) declared.emplace(input.name, true);
    std::vector<std::string> unknown;
    Span place = place_;
    for (const yaml::Entry& entry : entries_of_given()) {
      std::string name = ruby::to_s(tree_, entry.key);
      known_.emplace(name, entry.value);
      if (declared.contains(name)) continue;
      if (unknown.empty()) place = tree_.span(entry.key);
      unknown.push_back(std::move(name));
    }
    if (!unknown.empty()) refuse(unknown, place);
  }

  std::span<const yaml::Entry> entries_of_given() const {
    return given_ == kNoNode ? std::span<const yaml::Entry>() : tree_.entries(given_);
  }

  void refuse(const std::vector<std::string>& unknown, Span place) {
    std::vector<std::string_view> names;
    for (const InputSpec& input : header_.inputs) names.push_back(input.name);
    errors_.add_whole(Code::input_unknown, place,
                      fmt::format("no input is declared as `{}`", fmt::join(unknown, "`, `")),
                      fmt::format("unknown input arguments: {}", fmt::join(unknown, ", ")));
    errors_.advise(suggestion(unknown.front(), names));
  }

  NodeId value_of(const InputSpec& input) {
    const auto known = known_.find(input.name);
    const NodeId raw = known == known_.end() ? kNoNode : known->second;
    choices_.push_back({input.options, input.default_value});
    if (!input.type) {
      errors_.add_whole(
          Code::header_invalid, tree_.span(input.key), fmt::format("the type of input `{}` is null", input.name),
          fmt::format("unknown input specification for `{}` (valid types: array, boolean, number, string)",
                      input.name));
      return raw;
    }
    if (input.rules != kNoNode) return value_with_rules(input, raw);
    if (input.default_value == kNoNode && is_null(raw)) {
      errors_.add(Code::input_required, is_null(raw) ? tree_.span(input.key) : place_, input.name,
                  fmt::format("input `{}` has no default and was not given", input.name),
                  "required value has not been provided");
      errors_.advise(
          "give it a `default`: pushes, tags and merge requests start pipelines without inputs, and an include gives "
          "only those below its `inputs`");
      return raw;
    }
    return checked({input, *input.type, input.options}, input.default_value, raw);
  }

  NodeId value_with_rules(const InputSpec& input, NodeId raw) {
    if (!check_rules(tree_, input, errors_, limits_)) return raw;
    const auto lookup = [this](std::string_view name) {
      const auto known = known_.find(std::string(name));
      return known == known_.end() ? kNoNode : known->second;
    };
    const RuleChoice choice = choose_rule(
        tree_, input, lookup, [this] { return all_known(); }, errors_, limits_);
    if (errors_.crashed()) return raw;
    choices_.back() = choice;
    const bool is_empty = !is_null(raw) && tree_.is_string(raw) && tree_.text(raw).empty();
    return checked({input, *input.type, choice.options}, choice.default_value, is_empty ? kNoNode : raw);
  }

  NodeId checked(const Constraints& constraints, NodeId fallback, NodeId raw) {
    const NodeId default_value = fit(constraints, fallback, Origin::default_value);
    const NodeId value = fit(constraints, raw, Origin::provided);
    if (value != kNoNode) return value;
    if (default_value != kNoNode) return default_value;
    const Span span = fallback == kNoNode ? tree_.span(constraints.input.key) : tree_.span(fallback);
    if (constraints.type == InputType::string) return tree_.add_string("", span);
    return tree_.add_scalar(ValueKind::null, {}, span, yaml::Style::computed);
  }

  NodeId fit(const Constraints& constraints, NodeId raw, Origin origin) {
    if (is_null(raw)) return kNoNode;
    const NodeId value = coerce(tree_, constraints.type, raw, limits_);
    check_value(tree_, constraints, value, origin, errors_);
    return value;
  }

  NodeId all_known() {
    std::vector<yaml::Entry> entries;
    for (const auto& [name, value] : known_) {
      if (value == kNoNode) continue;
      const NodeId key = tree_.add_scalar(ValueKind::symbol, tree_.keep(name), place_, yaml::Style::computed);
      entries.push_back({key, value});
    }
    return tree_.add_mapping(entries, place_);
  }

  yaml::Tree& tree_;
  const Header& header_;
  NodeId given_;
  Span place_;
  const Limits& limits_;
  InputErrors errors_;
  std::vector<RuleChoice> choices_;
  // By name: the given value, and once an input is resolved its value. What rules see.
  std::unordered_map<std::string, NodeId> known_;
};

}  // namespace

Outcome<std::vector<NodeId>> resolve(yaml::Tree& tree, const Header& header, NodeId given, Span place,
                                     const Limits& limits) {
  return Resolver(tree, header, given, place, limits).resolve();
}

std::vector<RuleChoice> choices(yaml::Tree& tree, const Header& header, NodeId given, Span place,
                                const Limits& limits) {
  Resolver resolver(tree, header, given, place, limits);
  resolver.resolve();
  return resolver.take_choices();
}

}  // namespace willrun::inputs
