#include "property/reference_interpreter.hpp"

#include <re2/re2.h>

#include <optional>
#include <regex>

#include "base/utf8.hpp"
#include "ruby/print.hpp"

namespace willrun::reference {

namespace {

struct Failed {};          // GitLab raises
struct InvalidPattern {};  // a literal that RE2 refuses

const re2::RE2& automaton(const std::string& source) {
  static std::map<std::string, re2::RE2> known;
  static const re2::RE2::Options quiet = [] {
    re2::RE2::Options options;
    options.set_log_errors(false);
    return options;
  }();
  const auto made = known.find(source);
  if (made != known.end()) return made->second;
  const std::string python_names = std::regex_replace(source, std::regex(R"(\(\?<([A-Za-z]))"), "(?P<$1");
  return known.try_emplace(source, python_names, quiet).first->second;
}

bool found(const std::string& source, const std::string& text) {
  const re2::RE2& plain = automaton(source);
  const re2::RE2& searched = plain.NumberOfCapturingGroups() == 0 ? automaton("(" + source + ")") : plain;
  return searched.ok() && re2::RE2::PartialMatch(text, searched);
}

std::string unescaped(std::string text) {
  for (std::size_t at = text.find("\\/"); at != std::string::npos; at = text.find("\\/", at + 1)) text.erase(at, 1);
  return text;
}

// `(?flags)body` of the first line that is `/body/flags`, when RE2 takes it.
std::optional<std::string> pattern_in(const std::string& text) {
  const std::string lines = unescaped(text);
  std::size_t begin = 0;
  while (begin <= lines.size()) {
    const std::size_t end = std::min(lines.find('\n', begin), lines.size());
    const std::string line = lines.substr(begin, end - begin);
    static const re2::RE2 shape("(?s)/(.*)/([ismU]*)", re2::RE2::Latin1);
    std::string body, flags;
    if (re2::RE2::FullMatch(line, shape, &body, &flags)) {
      std::string source = flags.empty() ? body : "(?" + flags + ")" + body;
      if (!automaton(source).ok()) return std::nullopt;
      return source;
    }
    begin = end + 1;
  }
  return std::nullopt;
}

bool truthy(const Value& value) {
  return !value.is_null() && !(value.kind() == ValueKind::boolean && !value.boolean());
}

std::string spelled(const Value& value) {
  if (value.kind() == ValueKind::regexp) return "#<Gitlab::UntrustedRegexp:0x00007f0000000000>";
  return ruby::to_s(value);
}

bool is_number(const Value& value) { return value.kind() == ValueKind::integer || value.kind() == ValueKind::floating; }

double number(const Value& value) {
  return value.kind() == ValueKind::integer ? static_cast<double>(value.integer()) : value.floating();
}

bool ruby_equal(const Value& left, const Value& right) {
  if (is_number(left) && is_number(right)) return number(left) == number(right);
  if (left.kind() != right.kind()) return false;
  if (left.kind() == ValueKind::sequence) {
    if (left.items().size() != right.items().size()) return false;
    for (std::size_t i = 0; i < left.items().size(); ++i) {
      if (!ruby_equal(left.items()[i], right.items()[i])) return false;
    }
    return true;
  }
  if (left.kind() == ValueKind::mapping) {
    if (left.pairs().size() != right.pairs().size()) return false;
    for (const auto& [key, value] : left.pairs()) {
      const Value* other = right.find(key.text());
      if (other == nullptr || !ruby_equal(value, *other)) return false;
    }
    return true;
  }
  return left == right;
}

bool equals(const Value& left, const Value& right) {
  const bool left_regex = left.kind() == ValueKind::regexp;
  const bool right_regex = right.kind() == ValueKind::regexp;
  if (left_regex && !right_regex) throw Failed{};
  if (is_number(left) && right_regex) throw Failed{};
  const bool mixed = (left.kind() == ValueKind::boolean && right.kind() == ValueKind::string) ||
                     (left.kind() == ValueKind::string && right.kind() == ValueKind::boolean);
  return mixed ? spelled(left) == spelled(right) : ruby_equal(left, right);
}

bool matches(const Value& left, const Value& right) {
  if (!truthy(right)) return false;
  if (right.kind() == ValueKind::regexp) return found(right.text(), spelled(left));
  if (right.kind() != ValueKind::string) throw Failed{};
  if (const auto source = pattern_in(right.text())) return found(*source, spelled(left));
  return right.text().find(spelled(left)) != std::string::npos;
}

class Interpreter {
 public:
  Interpreter(const expr::Tree& tree, std::string_view text, const Scope& scope)
      : tree_(tree), text_(text), scope_(scope) {}

  Value value(expr::NodeIndex index) const {
    using expr::TokenKind;
    const expr::Node& node = tree_.nodes[index];
    if (expr::is_operand(node.kind)) return operand(node);
    const auto left = [&] { return value(node.children.left); };
    const auto right = [&] { return value(node.children.right); };
    if (node.kind == TokenKind::logical_not) return !present(right());
    if (node.kind == TokenKind::logical_and) {
      Value first = left();
      return truthy(first) ? right() : first;
    }
    if (node.kind == TokenKind::logical_or) {
      Value first = left();
      return truthy(first) ? first : right();
    }
    const Value first = left();
    const Value second = right();
    if (node.kind == TokenKind::equals) return equals(first, second);
    if (node.kind == TokenKind::not_equals) return !equals(first, second);
    if (node.kind == TokenKind::matches) return matches(first, second);
    return !matches(first, second);
  }

  Value pattern(const expr::Node& node) const {
    const auto source = pattern_in(std::string(node.range.of(text_)));
    if (!source) throw InvalidPattern{};
    return Value::text(ValueKind::regexp, *source);
  }

 private:
  Value operand(const expr::Node& node) const {
    using expr::TokenKind;
    const std::string content(node.content.of(text_));
    if (node.kind == TokenKind::variable) return find(scope_.variables, content);
    if (node.kind == TokenKind::input) return find(scope_.inputs, content);
    if (node.kind == TokenKind::string) return content;
    if (node.kind == TokenKind::boolean) return content == "true";
    if (node.kind == TokenKind::pattern) return pattern(node);
    return {};
  }

  static Value find(const std::map<std::string, Value, std::less<>>& values, const std::string& name) {
    const auto known = values.find(name);
    return known == values.end() ? Value() : known->second;
  }

  const expr::Tree& tree_;
  std::string_view text_;
  const Scope& scope_;
};

}  // namespace

bool present(const Value& value) {
  switch (value.kind()) {
    case ValueKind::null: return false;
    case ValueKind::boolean: return value.boolean();
    case ValueKind::string: return !utf8::is_blank(value.text());
    case ValueKind::sequence: return !value.items().empty();
    case ValueKind::mapping: return !value.pairs().empty();
    default: return true;
  }
}

Result evaluate(const expr::Tree& tree, std::string_view text, const Scope& scope) {
  Result result;
  const Interpreter interpreter(tree, text, scope);
  try {
    for (const expr::Node& node : tree.nodes) {
      if (node.kind == expr::TokenKind::pattern) interpreter.pattern(node);
    }
    result.value = interpreter.value(static_cast<expr::NodeIndex>(tree.nodes.size() - 1));
  } catch (const InvalidPattern&) {
    result.invalid_pattern = true;
  } catch (const Failed&) {
    result.crashed = true;
  }
  return result;
}

}  // namespace willrun::reference
