#include "lint/respell.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "expr/parser.hpp"

namespace willrun::lint {

namespace {

using expr::TokenKind;

// How tightly an operator binds; operands bind tightest.
int strength(TokenKind kind) {
  if (kind == TokenKind::logical_or) return 1;
  if (kind == TokenKind::logical_and) return 2;
  if (expr::is_comparison(kind)) return 3;
  return kind == TokenKind::logical_not ? 4 : 5;
}

class Speller {
 public:
  explicit Speller(const Condition& condition) : text_(condition.text), nodes_(condition.tree.nodes) {}

  std::string spell() {
    std::vector<std::string> spelled;
    for (const expr::Node& node : nodes_) spelled.push_back(spell(node, spelled));
    return spelled.empty() ? std::string() : spelled.back();
  }

 private:
  std::string spell(const expr::Node& node, const std::vector<std::string>& below) const {
    const int own = strength(node.kind);
    if (own == 5) return std::string(node.range.of(text_));
    const auto child = [&](expr::NodeIndex index, int least) {
      return strength(nodes_[index].kind) < least ? fmt::format("({})", below[index]) : below[index];
    };
    if (own == 4) return fmt::format("!{}", child(node.children.right, 4));
    // `!` in front of a comparison reads as if it negated the comparison.
    const bool compares = own == 3;
    const auto side = [&](expr::NodeIndex index, int least) {
      return child(index, compares && nodes_[index].kind == TokenKind::logical_not ? 5 : least);
    };
    return fmt::format("{} {} {}", side(node.children.left, own), node.range.of(text_),
                       side(node.children.right, own + 1));
  }

  std::string_view text_;
  const std::vector<expr::Node>& nodes_;
};

std::string with(const Condition& condition, expr::Range range, std::string_view text) {
  return fmt::format("{}{}{}", condition.text.substr(0, range.begin), text, condition.text.substr(range.end));
}

bool has_control(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

std::string with_escapes(std::string_view text, std::string_view escaped, char escape) {
  std::string out;
  for (const char c : text) {
    if (escaped.find(c) != std::string_view::npos) out += escape;
    out += c;
  }
  return out;
}

// What may stand in a scalar without quotes, at its start or behind it.
bool holds_plain(std::string_view text, bool at_start) {
  if (text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos) return false;
  return !at_start || (!text.empty() && (text.front() == '$' || text.front() == '('));
}

std::optional<std::string> in_quotes(yaml::Style style, std::string_view text, bool at_start) {
  switch (style) {
    case yaml::Style::single_quoted: return with_escapes(text, "'", '\'');
    case yaml::Style::double_quoted: return with_escapes(text, "\"\\", '\\');
    case yaml::Style::plain:
      if (!holds_plain(text, at_start)) return std::nullopt;
      return std::string(text);
    default: return std::string(text);
  }
}

}  // namespace

std::string respelled(const Condition& condition) { return Speller(condition).spell(); }

std::optional<Fix> rewrite(const Subject& subject, const Condition& condition, expr::Range range,
                           std::string_view text) {
  if (condition.has_inputs || has_control(text) || has_control(range.of(condition.text))) return std::nullopt;
  if (expr::parse(with(condition, range, text), subject.options.limits).error) return std::nullopt;
  auto written = in_quotes(subject.tree[condition.node].style, text, range.begin == 0);
  if (!written) return std::nullopt;
  return Fix{subject.span(condition, range), std::move(*written)};
}

std::optional<Fix> rewrite_same(const Subject& subject, const Condition& condition, expr::Range range,
                                std::string_view text) {
  const std::string whole = with(condition, range, text);
  const expr::Tree tree = expr::parse(whole, subject.options.limits).tree;
  const bool same = expr::print(tree, whole) == expr::print(condition.tree, condition.text);
  return same ? rewrite(subject, condition, range, text) : std::nullopt;
}

}  // namespace willrun::lint
