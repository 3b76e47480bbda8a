#include "lint/truth.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "base/utf8.hpp"
#include "machine/operand.hpp"
#include "machine/regex.hpp"

namespace willrun::lint {

namespace {

using expr::TokenKind;

constexpr std::size_t kMostCombinations = 4096;
constexpr std::size_t kMostPatterns = 4;  // of one variable

// A value that a variable can have. A text that nothing spells stands for all that match these patterns and no others.
struct Candidate {
  bool null = true;
  bool spelled = true;
  std::string text;
  std::vector<std::string_view> matches;
};

struct Known {
  std::vector<std::string> texts;
  std::vector<std::string_view> patterns;
  std::vector<Candidate> candidates;
};

// The value of a part of a condition.
struct Value {
  enum class Kind : std::uint8_t { null, boolean, text, pattern } kind = Kind::null;
  bool boolean = false;
  std::string_view text;
  const Candidate* candidate = nullptr;

  static Value of(bool value) { return {Kind::boolean, value, {}, nullptr}; }
  bool truthy() const { return kind != Kind::null && (kind != Kind::boolean || boolean); }
  bool truthful() const {
    if (kind == Kind::text) return (candidate != nullptr && !candidate->spelled) || !utf8::is_blank(text);
    return truthy();
  }
};

bool equal(const Value& left, const Value& right) {
  if (left.kind == Value::Kind::boolean && right.kind == Value::Kind::text)
    return right.text == (left.boolean ? "true" : "false");
  if (left.kind == Value::Kind::text && right.kind == Value::Kind::boolean) return equal(right, left);
  if (left.kind != right.kind) return false;
  return left.kind == Value::Kind::null ||
         (left.kind == Value::Kind::boolean ? left.boolean == right.boolean : left.text == right.text);
}

std::optional<machine::Regex> regex_of(std::string_view literal) {
  const std::string unescaped = machine::unescape_slashes(literal);
  const auto text = machine::find_pattern(unescaped);
  if (!text) return std::nullopt;
  return machine::Regex::compile(text->body, text->flags).regex;
}

class Trial {
 public:
  bool add(const Condition& condition) {
    if (condition.has_inputs) return false;
    conditions_.push_back(&condition);
    for (const expr::Node& node : condition.tree.nodes) {
      if (node.kind == TokenKind::input) return false;
      if (node.kind == TokenKind::variable) variables_[node.content.of(condition.text)];
      if (expr::is_comparison(node.kind) && !note_comparison(condition, node)) return false;
    }
    return !condition.tree.nodes.empty();
  }

  // Makes the candidates; false where there are too many combinations.
  bool prepare() {
    std::size_t combinations = 1;
    for (auto& [name, known] : variables_) {
      if (known.patterns.size() > kMostPatterns) return false;
      add_candidates(known);
      combinations *= known.candidates.size();
      if (combinations > kMostCombinations) return false;
    }
    return true;
  }

  // Calls `visit` for each combination until it says no.
  template <class Visit>
  void each(const Visit& visit) {
    auto at = variables_.begin();
    walk(at, visit);
  }

  bool truthful(const Condition& condition) const {
    std::vector<Value> values;
    values.reserve(condition.tree.nodes.size());
    for (const expr::Node& node : condition.tree.nodes) values.push_back(value(condition, node, values));
    return values.back().truthful();
  }

 private:
  bool note_comparison(const Condition& condition, const expr::Node& node) {
    const auto& nodes = condition.tree.nodes;
    const expr::Node& left = nodes[node.children.left];
    const expr::Node& right = nodes[node.children.right];
    const bool match = node.kind == TokenKind::matches || node.kind == TokenKind::not_matches;
    if (match) {
      if (right.kind != TokenKind::pattern) return false;
      if (left.kind == TokenKind::variable)
        note_pattern(variables_[left.content.of(condition.text)], right.range.of(condition.text));
      return left.kind == TokenKind::variable || left.kind == TokenKind::string;
    }
    if (left.kind == TokenKind::pattern || right.kind == TokenKind::pattern) return false;
    // These give values of variables on, which are then compared with more than stands here.
    if (is_junction(left.kind) || is_junction(right.kind)) return false;
    for (const auto& [one, other] : {std::pair(&left, &right), std::pair(&right, &left)}) {
      if (one->kind == TokenKind::variable && (other->kind == TokenKind::string || other->kind == TokenKind::boolean))
        note_text(variables_[one->content.of(condition.text)], other->content.of(condition.text));
      if (one->kind == TokenKind::variable && !expr::is_operand(other->kind)) {
        note_text(variables_[one->content.of(condition.text)], "true");
        note_text(variables_[one->content.of(condition.text)], "false");
      }
      // Two variables: each may have what the other is compared with; too much to try.
      if (one->kind == TokenKind::variable && other->kind == TokenKind::variable &&
          one->content.of(condition.text) != other->content.of(condition.text))
        return false;
    }
    return true;
  }

  static bool is_junction(TokenKind kind) { return kind == TokenKind::logical_and || kind == TokenKind::logical_or; }

  static void note_pattern(Known& known, std::string_view pattern) {
    if (std::ranges::find(known.patterns, pattern) == known.patterns.end()) known.patterns.push_back(pattern);
  }
  static void note_text(Known& known, std::string_view text) {
    if (std::ranges::find(known.texts, text) == known.texts.end()) known.texts.emplace_back(text);
  }

  void add_candidates(Known& known) {
    known.candidates.emplace_back();
    for (const std::string_view blank : {"", " "})
      known.candidates.push_back({false, true, std::string(blank), matching(blank, known.patterns)});
    for (const std::string& text : known.texts) {
      if (!text.empty() && text != " ") known.candidates.push_back({false, true, text, matching(text, known.patterns)});
    }
    for (std::size_t set = 0; set < (std::size_t{1} << known.patterns.size()); ++set) {
      Candidate candidate{false, false, "\x01", {}};
      for (std::size_t i = 0; i < known.patterns.size(); ++i) {
        if ((set >> i) % 2 == 1) candidate.matches.push_back(known.patterns[i]);
      }
      known.candidates.push_back(std::move(candidate));
    }
  }

  std::vector<std::string_view> matching(std::string_view text, const std::vector<std::string_view>& patterns) {
    std::vector<std::string_view> all;
    for (const std::string_view pattern : patterns) {
      if (search(pattern, text)) all.push_back(pattern);
    }
    return all;
  }

  bool search(std::string_view pattern, std::string_view text) const {
    auto known = regexes_.find(pattern);
    if (known == regexes_.end()) known = regexes_.emplace(pattern, regex_of(pattern)).first;
    return known->second && known->second->search(text);
  }

  template <class Visit>
  bool walk(std::map<std::string_view, Known>::iterator at, const Visit& visit) {
    if (at == variables_.end()) return visit();
    for (const Candidate& candidate : at->second.candidates) {
      chosen_[at->first] = &candidate;
      if (!walk(std::next(at), visit)) return false;
    }
    return true;
  }

  Value value(const Condition& condition, const expr::Node& node, const std::vector<Value>& values) const {
    switch (node.kind) {
      case TokenKind::variable: return variable(node.content.of(condition.text));
      case TokenKind::string: return {Value::Kind::text, false, node.content.of(condition.text), nullptr};
      case TokenKind::boolean: return Value::of(node.range.of(condition.text) == "true");
      case TokenKind::pattern: return {Value::Kind::pattern, false, node.range.of(condition.text), nullptr};
      case TokenKind::logical_not: return Value::of(!values[node.children.right].truthful());
      case TokenKind::logical_and:
        return values[node.children.left].truthy() ? values[node.children.right] : values[node.children.left];
      case TokenKind::logical_or:
        return values[node.children.left].truthy() ? values[node.children.left] : values[node.children.right];
      case TokenKind::equals: return Value::of(equal(values[node.children.left], values[node.children.right]));
      case TokenKind::not_equals: return Value::of(!equal(values[node.children.left], values[node.children.right]));
      case TokenKind::matches: return Value::of(matches(values[node.children.left], values[node.children.right]));
      case TokenKind::not_matches: return Value::of(!found(values[node.children.left], values[node.children.right]));
      default: return {};
    }
  }

  Value variable(std::string_view name) const {
    const Candidate& candidate = *chosen_.at(name);
    if (candidate.null) return {};
    return {Value::Kind::text, false, candidate.text, &candidate};
  }

  // `=~` never holds for null, and `!~` takes it for an empty text.
  bool matches(const Value& text, const Value& pattern) const {
    return text.kind == Value::Kind::text && found(text, pattern);
  }
  bool found(const Value& text, const Value& pattern) const {
    if (text.kind != Value::Kind::text) return search(pattern.text, "");
    if (text.candidate == nullptr) return search(pattern.text, text.text);
    return std::ranges::find(text.candidate->matches, pattern.text) != text.candidate->matches.end();
  }

  std::vector<const Condition*> conditions_;
  std::map<std::string_view, Known> variables_;
  std::map<std::string_view, const Candidate*> chosen_;
  mutable std::map<std::string_view, std::optional<machine::Regex>> regexes_;
};

}  // namespace

Truth truth_of(const Condition& condition) {
  Trial trial;
  if (!trial.add(condition) || !trial.prepare()) return Truth::unknown;
  bool seen_true = false;
  bool seen_false = false;
  trial.each([&] {
    (trial.truthful(condition) ? seen_true : seen_false) = true;
    return !seen_true || !seen_false;
  });
  if (seen_true && seen_false) return Truth::varies;
  return seen_true ? Truth::always : Truth::never;
}

bool covers(std::span<const Condition* const> earlier, const Condition& later) {
  Trial trial;
  if (!trial.add(later)) return false;
  for (const Condition* condition : earlier) {
    if (!trial.add(*condition)) return false;
  }
  if (!trial.prepare()) return false;
  bool covered = true;
  trial.each([&] {
    covered = !trial.truthful(later) ||
              std::ranges::any_of(earlier, [&](const Condition* condition) { return trial.truthful(*condition); });
    return covered;
  });
  return covered;
}

}  // namespace willrun::lint
