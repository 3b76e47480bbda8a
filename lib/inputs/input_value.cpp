#include "inputs/input_value.hpp"

#include <fmt/format.h>

#include <willrun/nearest.hpp>
#include "inputs/header_findings.hpp"
#include "inputs/json.hpp"
#include "machine/operand.hpp"
#include "machine/regex.hpp"
#include "ruby/print.hpp"

namespace willrun::inputs {

namespace {

using diag::Code;
using yaml::kNoNode;
using yaml::NodeId;

std::string_view name_of(Origin origin) { return origin == Origin::provided ? "provided" : "default"; }

bool has_type(const yaml::Tree& tree, InputType type, NodeId value) {
  switch (tree.kind(value)) {
    case ValueKind::sequence: return type == InputType::array;
    case ValueKind::boolean: return type == InputType::boolean;
    case ValueKind::integer:
    case ValueKind::big_integer:
    case ValueKind::floating:
    case ValueKind::big_decimal: return type == InputType::number;
    default: return type == InputType::string;
  }
}

class Checker {
 public:
  Checker(const yaml::Tree& tree, const Constraints& constraints, NodeId value, Origin origin, InputErrors& errors)
      : tree_(tree), constraints_(constraints), value_(value), origin_(origin), errors_(errors) {}

  void check() {
    check_type();
    check_options();
    check_regex();
  }

 private:
  void check_type() {
    if (constraints_.type == InputType::string || has_type(tree_, constraints_.type, value_)) return;
    const std::string type =
        fmt::format("{} {}", constraints_.type == InputType::array ? "an" : "a", to_string(constraints_.type));
    add(Code::input_wrong_type, fmt::format("input `{}` takes {}, found {}", name(), type, describe(tree_, value_)),
        fmt::format("{} value is not {}", name_of(origin_), type));
  }

  void check_options() {
    const NodeId options = constraints_.options;
    if (options == kNoNode) return;
    if (constraints_.type == InputType::array || constraints_.type == InputType::boolean) {
      // The options of a rule are not looked at here.
      if (options != constraints_.input.options) return;
      errors_.add(Code::header_invalid, tree_.span(options), name(),
                  fmt::format("input `{}` is of type {}, which takes no options", name(), to_string(constraints_.type)),
                  "Options can only be used with string and number inputs");
      return;
    }
    if (!among(tree_.items(options))) refuse_option(tree_.items(options));
  }

  bool among(std::span<const NodeId> options) const {
    const bool as_text = constraints_.type == InputType::string;
    for (const NodeId option : options) {
      if (as_text ? ruby::to_s(tree_, option) == tree_.text(value_) : equal_values(tree_, option, value_)) return true;
    }
    return false;
  }

  void refuse_option(std::span<const NodeId> options) {
    std::vector<std::string> texts;
    for (const NodeId option : options) texts.push_back(ruby::to_s(tree_, option));
    const std::string text = ruby::to_s(tree_, value_);
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    add(Code::input_not_in_options,
        fmt::format("input `{}` is {}, expected one of {}", name(), describe(tree_, value_), fmt::join(texts, ", ")),
        fmt::format("`{}` cannot be used because it is not in the list of {}allowed options", text,
                    constraints_.type == InputType::number ? "the " : ""));
    errors_.advise(suggestion(text, views));
  }

  void check_regex() {
    const NodeId regex = constraints_.input.regex;
    if (regex == kNoNode) return;
    if (constraints_.type != InputType::string) {
      errors_.add(Code::header_invalid, tree_.span(regex), name(),
                  fmt::format("input `{}` is of type {}, which takes no regex", name(), to_string(constraints_.type)),
                  "RegEx validation can only be used with string inputs");
      return;
    }
    if (tree_.kind(regex) == ValueKind::null) {
      errors_.crash(tree_.span(regex), fmt::format("the regex of input `{}` is null, which GitLab fails on", name()));
      return;
    }
    check_match(regex);
  }

  void check_match(NodeId regex) {
    const machine::Regex::Compiled compiled = machine::Regex::compile(tree_.text(regex));
    if (!compiled.regex) {
      errors_.add(Code::input_invalid_regex, tree_.span(regex), name(),
                  fmt::format("the regex of input `{}` is not valid RE2: {}", name(), compiled.error),
                  "invalid regular expression");
      return;
    }
    if (compiled.regex->search(tree_.text(value_))) return;
    add(Code::input_regex_mismatch,
        fmt::format("input `{}` is {}, which does not match `{}`", name(), describe(tree_, value_), tree_.text(regex)),
        fmt::format("{} value does not match required RegEx pattern", name_of(origin_)));
  }

  const std::string& name() const { return constraints_.input.name; }

  void add(Code code, std::string message, std::string_view complaint) {
    errors_.add(code, tree_.span(value_), name(), std::move(message), complaint);
  }

  const yaml::Tree& tree_;
  const Constraints& constraints_;
  NodeId value_;
  Origin origin_;
  InputErrors& errors_;
};

// A decimal that is a whole number, as the integer it equals.
std::string_view whole_text(const yaml::Tree& tree, NodeId node) {
  std::string_view text = tree.text(node);
  if (tree.kind(node) == ValueKind::big_decimal && text.ends_with(".0")) text.remove_suffix(2);
  return text;
}

bool is_integer(ValueKind kind) { return kind == ValueKind::integer || kind == ValueKind::big_integer; }

}  // namespace

NodeId coerce(yaml::Tree& tree, InputType type, NodeId value, const Limits& limits) {
  const ValueKind kind = tree.kind(value);
  if (type == InputType::string) {
    return kind == ValueKind::string ? value : tree.add_string(ruby::to_s(tree, value), tree.span(value));
  }
  if (kind == ValueKind::boolean || is_integer(kind)) return value;
  const std::string text = ruby::to_s(tree, value);
  return read_json(tree, text, tree.span(value), limits).value_or(value);
}

void check_value(const yaml::Tree& tree, const Constraints& constraints, NodeId value, Origin origin,
                 InputErrors& errors) {
  Checker(tree, constraints, value, origin, errors).check();
}

bool equal_values(const yaml::Tree& tree, NodeId a, NodeId b) {
  if (tree.is_string(a) != tree.is_string(b)) return false;
  const bool integer_and_decimal = (is_integer(tree.kind(a)) && tree.kind(b) == ValueKind::big_decimal) ||
                                   (is_integer(tree.kind(b)) && tree.kind(a) == ValueKind::big_decimal);
  if (integer_and_decimal) return whole_text(tree, a) == whole_text(tree, b);
  return machine::equal(machine::Operand::of(tree, a), machine::Operand::of(tree, b));
}

}  // namespace willrun::inputs
