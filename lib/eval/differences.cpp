#include "eval/differences.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "expr/parser.hpp"
#include "machine/evaluate.hpp"

namespace willrun::eval {

namespace {

using expr::TokenKind;

// What one part of the condition would take to be true, and to be false. No value: it cannot be.
struct Part {
  using Way = std::optional<std::vector<std::string>>;
  Way yes;
  Way no;
  expr::Range range;
};

Part::Way both(const Part::Way& left, const Part::Way& right) {
  if (!left || !right) return std::nullopt;
  std::vector<std::string> all = *left;
  for (const std::string& one : *right) {
    if (std::ranges::count(all, one) == 0) all.push_back(one);
  }
  return all;
}

const Part::Way& shorter(const Part::Way& left, const Part::Way& right) {
  if (!left) return right;
  return right && right->size() < left->size() ? right : left;
}

class Search {
 public:
  Search(const program::Program& program, std::string_view text, const Scope& scope)
      : program_(program), text_(text), scope_(scope), pool_(program.limits) {}

  Part run() {
    const expr::Parsed parsed = expr::parse(text_, program_.limits);
    if (parsed.error || parsed.tree.nodes.empty()) return {};
    for (const expr::Node& node : parsed.tree.nodes) parts_.push_back(part(parsed.tree, node));
    return parts_.back();
  }

 private:
  Part part(const expr::Tree& tree, const expr::Node& node) {
    switch (node.kind) {
      case TokenKind::logical_and: {
        const auto [left, right] = children(node);
        return {both(left.yes, right.yes), shorter(left.no, right.no), joined(left, right)};
      }
      case TokenKind::logical_or: {
        const auto [left, right] = children(node);
        return {shorter(left.yes, right.yes), both(left.no, right.no), joined(left, right)};
      }
      case TokenKind::logical_not: {
        const Part& right = parts_[node.children.right];
        return {right.no, right.yes, {node.range.begin, right.range.end}};
      }
      case TokenKind::variable: {
        const std::string_view name = node.range.of(text_);
        return leaf(node.range, fmt::format("{} were set", name), fmt::format("{} were not set", name));
      }
      default: return expr::is_comparison(node.kind) ? comparison(tree, node) : Part{{}, {}, node.range};
    }
  }

  std::pair<Part, Part> children(const expr::Node& node) const {
    return {parts_[node.children.left], parts_[node.children.right]};
  }
  static expr::Range joined(const Part& left, const Part& right) { return {left.range.begin, right.range.end}; }

  Part comparison(const expr::Tree& tree, const expr::Node& node) {
    const expr::Node& left = tree.nodes[node.children.left];
    const expr::Node& right = tree.nodes[node.children.right];
    const bool turned = left.kind != TokenKind::variable;
    const std::string_view variable = (turned ? right : left).range.of(text_);
    const std::string_view other = (turned ? left : right).range.of(text_);
    const expr::Range range = {left.range.begin, right.range.end};
    if ((turned ? right : left).kind != TokenKind::variable) return {{}, {}, range};
    const bool equality = node.kind == TokenKind::equals || node.kind == TokenKind::not_equals;
    std::string yes = fmt::format("{} {} {}", variable, equality ? "were" : "matched", other);
    std::string no =
        equality ? fmt::format("{} were not {}", variable, other) : fmt::format("{} did not match {}", variable, other);
    if (node.kind == TokenKind::not_equals || node.kind == TokenKind::not_matches) std::swap(yes, no);
    return leaf(range, std::move(yes), std::move(no));
  }

  // A part whose truth is asked of the evaluator: what it is already takes nothing.
  Part leaf(expr::Range range, std::string yes, std::string no) {
    Part made{std::vector<std::string>(), std::vector<std::string>(), range};
    const auto added = pool_.add(range.of(text_));
    const auto* id = std::get_if<machine::ExpressionId>(&added);
    if (id == nullptr) return {{}, {}, range};
    std::vector<machine::Operand> values(pool_.variable_count());
    for (std::uint32_t slot = 0; slot < values.size(); ++slot) {
      if (const auto known = program_.conditions().variable_slot(pool_.variable_name(slot)))
        values[slot] = scope_.slots()[*known];
    }
    const machine::Evaluation result = machine::evaluate(pool_, *id, {values, {}}, patterns_);
    (machine::truthful(result.value) ? made.no : made.yes)->push_back(machine::truthful(result.value) ? no : yes);
    return made;
  }

  const program::Program& program_;
  std::string_view text_;
  const Scope& scope_;
  machine::ExpressionPool pool_;
  machine::PatternCache patterns_{16};
  std::vector<Part> parts_;
};

}  // namespace

std::vector<std::string> differences(const program::Program& program, std::string_view condition, const Scope& scope,
                                     bool wanted) {
  const Part whole = Search(program, condition, scope).run();
  return (wanted ? whole.yes : whole.no).value_or(std::vector<std::string>());
}

}  // namespace willrun::eval
