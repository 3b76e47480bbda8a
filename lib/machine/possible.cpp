#include "machine/possible.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "machine/operand.hpp"
#include "machine/sample.hpp"

namespace willrun::machine {

namespace {

using expr::TokenKind;

constexpr std::size_t kMostPatterns = 4;  // of one variable

std::optional<Regex> regex_of(std::string_view literal) {
  const std::string unescaped = unescape_slashes(literal);
  const auto text = find_pattern(unescaped);
  if (!text) return std::nullopt;
  return Regex::compile(text->body, text->flags).regex;
}

bool is_junction(TokenKind kind) { return kind == TokenKind::logical_and || kind == TokenKind::logical_or; }

void note(std::vector<std::string_view>& all, std::string_view one) {
  if (std::ranges::find(all, one) == all.end()) all.push_back(one);
}

}  // namespace

bool PossibleValue::truthful() const { return !null && (!spelled || !utf8::is_blank(text)); }

// The value of a part of a condition.
struct Possibilities::Value {
  enum class Kind : std::uint8_t { null, boolean, text, pattern } kind = Kind::null;
  bool boolean = false;
  std::string_view text;
  const PossibleValue* of_variable = nullptr;

  static Value of(bool value) { return {Kind::boolean, value, {}, nullptr}; }
  bool truthy() const { return kind != Kind::null && (kind != Kind::boolean || boolean); }
  bool truthful() const {
    if (kind != Kind::text) return truthy();
    return of_variable != nullptr ? of_variable->truthful() : !utf8::is_blank(text);
  }
  bool unspelled() const { return of_variable != nullptr && !of_variable->spelled; }
};

void Possibilities::know(std::string_view variable, std::optional<std::string_view> value) {
  known_[variable] = value ? std::optional<std::string>(*value) : std::nullopt;
}

bool Possibilities::add(const ParsedCondition& condition) {
  const auto& nodes = condition.tree->nodes;
  for (const expr::Node& node : nodes) {
    if (node.kind == TokenKind::input) return false;
    if (node.kind == TokenKind::variable) variables_[node.content.of(condition.text)];
    if (expr::is_comparison(node.kind) && !note_comparison(condition, node)) return false;
  }
  return !nodes.empty();
}

bool Possibilities::note_comparison(const ParsedCondition& condition, const expr::Node& node) {
  const auto& nodes = condition.tree->nodes;
  const expr::Node& left = nodes[node.children.left];
  const expr::Node& right = nodes[node.children.right];
  if (node.kind == TokenKind::matches || node.kind == TokenKind::not_matches) return note_match(condition, left, right);
  if (left.kind == TokenKind::pattern || right.kind == TokenKind::pattern) return false;
  // These give values of variables on, which are then compared with more than stands here.
  if (is_junction(left.kind) || is_junction(right.kind)) return false;
  return note_equality(condition, left, right) && note_equality(condition, right, left);
}

bool Possibilities::note_match(const ParsedCondition& condition, const expr::Node& left, const expr::Node& right) {
  std::string_view pattern = right.range.of(condition.text);
  if (right.kind == TokenKind::variable) {
    const auto value = known_.find(right.content.of(condition.text));
    if (value == known_.end() || !value->second) return false;
    variables_[value->first].fixed = true;
    pattern = *value->second;
  } else if (right.kind != TokenKind::pattern) {
    return false;
  }
  if (left.kind == TokenKind::variable) note(variables_[left.content.of(condition.text)].patterns, pattern);
  return left.kind == TokenKind::variable || left.kind == TokenKind::string;
}

// What stands on the one side becomes a value of a variable on the other.
bool Possibilities::note_equality(const ParsedCondition& condition, const expr::Node& one, const expr::Node& other) {
  if (one.kind != TokenKind::variable) return true;
  const std::string_view name = one.content.of(condition.text);
  if (other.kind == TokenKind::string || other.kind == TokenKind::boolean) {
    note(variables_[name].texts, other.content.of(condition.text));
  } else if (other.kind == TokenKind::variable && name != other.content.of(condition.text)) {
    const auto value = known_.find(other.content.of(condition.text));
    if (value == known_.end()) return false;
    if (value->second) note(variables_[name].texts, *value->second);
  } else if (!expr::is_operand(other.kind)) {
    note(variables_[name].texts, "true");
    note(variables_[name].texts, "false");
  }
  return true;
}

bool Possibilities::prepare() {
  for (auto& [name, variable] : variables_) {
    if (variable.patterns.size() > kMostPatterns) return false;
    const auto now = known_.find(name);
    make_values(variable,
                now == known_.end()
                    ? std::nullopt
                    : std::optional(now->second ? std::optional<std::string_view>(*now->second) : std::nullopt));
  }
  return true;
}

void Possibilities::make_values(Variable& variable, std::optional<std::optional<std::string_view>> now) const {
  if (now && *now && !(*now)->empty()) note(variable.texts, **now);
  variable.values.emplace_back();
  for (const std::string_view blank : {"", " "})
    variable.values.push_back({false, true, std::string(blank), matching(blank, variable.patterns)});
  for (const std::string_view text : variable.texts) {
    if (!text.empty() && text != " ")
      variable.values.push_back({false, true, std::string(text), matching(text, variable.patterns)});
  }
  for (std::size_t set = 0; set < (std::size_t{1} << variable.patterns.size()); ++set) {
    PossibleValue value{false, false, {}, {}};
    for (std::size_t i = 0; i < variable.patterns.size(); ++i) {
      if ((set >> i) % 2 == 1) value.matches.push_back(variable.patterns[i]);
    }
    variable.values.push_back(std::move(value));
  }
  if (!now) return;
  const auto is_now = [&](const PossibleValue& value) {
    return value.spelled && value.null == !now->has_value() && (value.null || value.text == **now);
  };
  variable.now = static_cast<std::size_t>(std::ranges::find_if(variable.values, is_now) - variable.values.begin());
  variable.chosen = *variable.now;
}

void Possibilities::realize() {
  for (auto& entry : variables_) {
    Variable& variable = entry.second;  // no binding: clang 14 lets no lambda use one
    std::vector<std::string> samples = {"other", "1", "x/y"};
    for (const std::string_view pattern : variable.patterns) {
      const std::string unescaped = unescape_slashes(pattern);
      const auto text = find_pattern(unescaped);
      if (auto sample = text ? sample_of_regex(text->body) : std::nullopt) samples.push_back(std::move(*sample));
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < variable.values.size(); ++i) {
      PossibleValue& value = variable.values[i];
      if (!value.spelled) {
        const auto sample = std::ranges::find_if(samples, [&](const std::string& one) {
          return !utf8::is_blank(one) && std::ranges::count(variable.texts, one) == 0 &&
                 matching(one, variable.patterns) == value.matches;
        });
        if (sample == samples.end()) continue;
        value.text = *sample;
      }
      if (kept != i) variable.values[kept] = std::move(value);
      ++kept;
    }
    variable.values.resize(kept);
  }
}

std::vector<std::string_view> Possibilities::matching(std::string_view text,
                                                      const std::vector<std::string_view>& patterns) const {
  std::vector<std::string_view> all;
  for (const std::string_view pattern : patterns) {
    if (search(pattern, text)) all.push_back(pattern);
  }
  return all;
}

bool Possibilities::search(std::string_view pattern, std::string_view text) const {
  auto known = regexes_.find(pattern);
  if (known == regexes_.end()) known = regexes_.emplace(pattern, regex_of(pattern)).first;
  return known->second && known->second->search(text);
}

bool Possibilities::truthful(const ParsedCondition& condition) const {
  std::vector<Value> values;
  values.reserve(condition.tree->nodes.size());
  for (const expr::Node& node : condition.tree->nodes) values.push_back(value(condition, node, values));
  return values.back().truthful();
}

bool Possibilities::equal(const Value& left, const Value& right) {
  using Kind = Value::Kind;
  if (left.kind == Kind::boolean && right.kind == Kind::text) return right.text == (left.boolean ? "true" : "false");
  if (left.kind == Kind::text && right.kind == Kind::boolean) return equal(right, left);
  if (left.kind != right.kind) return false;
  if (left.kind == Kind::boolean) return left.boolean == right.boolean;
  if (left.unspelled() || right.unspelled()) return left.of_variable == right.of_variable;
  return left.kind == Kind::null || left.text == right.text;
}

// Null is searched as an empty text.
bool Possibilities::finds(const Value& text, const Value& pattern) const {
  if (text.kind != Value::Kind::text) return search(pattern.text, "");
  if (text.of_variable == nullptr) return search(pattern.text, text.text);
  return std::ranges::find(text.of_variable->matches, pattern.text) != text.of_variable->matches.end();
}

Possibilities::Value Possibilities::value(const ParsedCondition& condition, const expr::Node& node,
                                          const std::vector<Value>& values) const {
  const auto left = [&]() -> const Value& { return values[node.children.left]; };
  const auto right = [&]() -> const Value& { return values[node.children.right]; };
  switch (node.kind) {
    case TokenKind::variable: {
      const Variable& variable = variables_.at(node.content.of(condition.text));
      const PossibleValue& chosen = variable.values[variable.chosen];
      return chosen.null ? Value() : Value{Value::Kind::text, false, chosen.text, &chosen};
    }
    case TokenKind::string: return {Value::Kind::text, false, node.content.of(condition.text), nullptr};
    case TokenKind::boolean: return Value::of(node.range.of(condition.text) == "true");
    case TokenKind::pattern: return {Value::Kind::pattern, false, node.range.of(condition.text), nullptr};
    case TokenKind::logical_not: return Value::of(!right().truthful());
    case TokenKind::logical_and: return left().truthy() ? right() : left();
    case TokenKind::logical_or: return left().truthy() ? left() : right();
    case TokenKind::equals: return Value::of(equal(left(), right()));
    case TokenKind::not_equals: return Value::of(!equal(left(), right()));
    // `=~` never holds for null, and `!~` takes it for an empty text.
    case TokenKind::matches: return Value::of(left().kind == Value::Kind::text && finds(left(), right()));
    case TokenKind::not_matches: return Value::of(!finds(left(), right()));
    default: return {};
  }
}

}  // namespace willrun::machine
