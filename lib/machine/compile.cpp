// From the tree of an expression to instructions of a pool.
#include <array>

#include "expr/parser.hpp"
#include "machine/program.hpp"

namespace willrun::machine {

// Where a value is once it is computed. Operands of the expression stay where they are: no instruction loads them.
struct Source {
  Place place = Place::constant;
  std::uint32_t index = 0;
};

// Nodes come children first, so one pass emits them. What each subtree needs beforehand (its scratch place, the `&&` or
// `||` that tests it) is known from its parent, in a pass from the root down.
class Compiler {
 public:
  Compiler(ExpressionPool& pool, std::string_view text, const expr::Tree& tree)
      : pool_(pool), text_(text), nodes_(tree.nodes), plans_(tree.nodes.size()) {}

  // Gives false and leaves an error when the tree is deeper than the machine's scratch places.
  std::optional<expr::SyntaxError> plan();
  ExpressionPool::Expression emit();

 private:
  struct Plan {
    std::uint32_t scratch = 0;          // where the result goes when it needs a place
    std::uint32_t tested_by = kNobody;  // the `&&` or `||` whose left operand this is
    std::uint32_t jump = 0;             // of an `&&` or `||`: its jump, to be completed
    bool in_place = false;              // the result must stand in `scratch`
    Source result;
  };
  static constexpr std::uint32_t kNobody = 0xFFFFFFFFU;

  void plan_children(std::uint32_t index);
  void emit_node(std::uint32_t index);
  void emit_operator(std::uint32_t index);
  void put(std::uint32_t index, Operation operation, Source a, Source b);
  Source source_of(const expr::Node& node);

  ExpressionPool& pool_;
  std::string_view text_;
  const std::vector<expr::Node>& nodes_;
  std::vector<Plan> plans_;
  std::vector<std::uint32_t> variables_read_, inputs_read_;
  std::uint32_t start_ = 0;
};

std::optional<expr::SyntaxError> Compiler::plan() {
  const std::uint32_t limit = std::min(pool_.limits_.expression_depth, kScratchPlaces);
  // Parents stand behind their children.
  for (std::size_t i = nodes_.size(); i-- > 0;) {
    if (plans_[i].scratch >= limit) {
      return expr::SyntaxError{expr::SyntaxErrorKind::too_deep,
                               nodes_[i].range,
                               "found operands nested over " + std::to_string(limit) + " deep",
                               {}};
    }
    if (!expr::is_operand(nodes_[i].kind)) plan_children(static_cast<std::uint32_t>(i));
  }
  return std::nullopt;
}

void Compiler::plan_children(std::uint32_t index) {
  const auto [left, right] = nodes_[index].children;
  const std::uint32_t scratch = plans_[index].scratch;
  const expr::TokenKind kind = nodes_[index].kind;
  plans_[right].scratch = scratch;
  if (kind == expr::TokenKind::logical_not) return;
  plans_[left].scratch = scratch;
  if (expr::is_comparison(kind)) {
    plans_[right].scratch = scratch + 1;
  } else {
    plans_[left].in_place = plans_[right].in_place = true;
    plans_[left].tested_by = index;
  }
}

ExpressionPool::Expression Compiler::emit() {
  start_ = static_cast<std::uint32_t>(pool_.code_.size());
  for (std::uint32_t i = 0; i < nodes_.size(); ++i) emit_node(i);
  put(static_cast<std::uint32_t>(nodes_.size() - 1), Operation::finish, plans_.back().result, {});
  ExpressionPool::Expression expression{};
  expression.code_begin = start_;
  expression.code_end = static_cast<std::uint32_t>(pool_.code_.size());
  expression.reads_begin = static_cast<std::uint32_t>(pool_.reads_.size());
  for (auto* reads : {&variables_read_, &inputs_read_}) {
    std::sort(reads->begin(), reads->end());
    reads->erase(std::unique(reads->begin(), reads->end()), reads->end());
    pool_.reads_.insert(pool_.reads_.end(), reads->begin(), reads->end());
  }
  expression.reads_end = static_cast<std::uint32_t>(pool_.reads_.size());
  expression.inputs_begin = expression.reads_end - static_cast<std::uint32_t>(inputs_read_.size());
  return expression;
}

void Compiler::emit_node(std::uint32_t index) {
  Plan& plan = plans_[index];
  const Source scratch{Place::scratch, plan.scratch};
  if (expr::is_operand(nodes_[index].kind)) {
    plan.result = source_of(nodes_[index]);
    if (plan.in_place) put(index, Operation::move, plan.result, {});
  } else {
    emit_operator(index);
  }
  if (plan.in_place || !expr::is_operand(nodes_[index].kind)) plan.result = scratch;
  if (plan.tested_by == kNobody) return;
  const bool is_and = nodes_[plan.tested_by].kind == expr::TokenKind::logical_and;
  plans_[plan.tested_by].jump = static_cast<std::uint32_t>(pool_.code_.size());
  put(plan.tested_by, is_and ? Operation::jump_if_falsy : Operation::jump_if_truthy, scratch, {});
}

void Compiler::emit_operator(std::uint32_t index) {
  const auto [left, right] = nodes_[index].children;
  switch (nodes_[index].kind) {
    case expr::TokenKind::logical_not: return put(index, Operation::negate, plans_[right].result, {});
    case expr::TokenKind::equals: return put(index, Operation::equals, plans_[left].result, plans_[right].result);
    case expr::TokenKind::not_equals:
      return put(index, Operation::not_equals, plans_[left].result, plans_[right].result);
    case expr::TokenKind::matches: return put(index, Operation::matches, plans_[left].result, plans_[right].result);
    case expr::TokenKind::not_matches:
      return put(index, Operation::not_matches, plans_[left].result, plans_[right].result);
    default: break;
  }
  // `&&` or `||`: both operands left their value in this node's scratch place.
  pool_.code_[plans_[index].jump].b = static_cast<std::uint32_t>(pool_.code_.size()) - start_;
}

void Compiler::put(std::uint32_t index, Operation operation, Source a, Source b) {
  pool_.code_.push_back(
      {operation, static_cast<std::uint8_t>(plans_[index].scratch), a.place, b.place, a.index, b.index});
  pool_.ranges_.push_back(nodes_[index].range);
}

Source Compiler::source_of(const expr::Node& node) {
  const std::string_view content = node.content.of(text_);
  switch (node.kind) {
    case expr::TokenKind::variable:
      variables_read_.push_back(pool_.variables_.add(content));
      return {Place::variable, variables_read_.back()};
    case expr::TokenKind::input:
      inputs_read_.push_back(pool_.inputs_.add(content));
      return {Place::input, inputs_read_.back()};
    case expr::TokenKind::boolean: return {Place::constant, content == "true" ? 2U : 1U};
    case expr::TokenKind::string: return {Place::constant, pool_.string_constant(content)};
    case expr::TokenKind::pattern: return {Place::constant, pool_.pattern_constants_.find(content)->second};
    default: return {Place::constant, 0};
  }
}

std::uint32_t ExpressionPool::string_constant(std::string_view text) {
  const std::uint32_t number = strings_.add(text);
  if (number == constant_of_string_.size()) {
    constant_of_string_.push_back(static_cast<std::uint32_t>(constants_.size()));
    constants_.push_back(Operand::of(strings_.text(number)));
  }
  return constant_of_string_[number];
}

// A literal goes the way of any text on the right of =~: unescaped, then searched for a line that is a pattern.
std::optional<std::string> ExpressionPool::add_pattern(std::string_view literal) {
  if (pattern_constants_.contains(literal)) return std::nullopt;
  const std::string unescaped = unescape_slashes(literal);
  const auto pattern = find_pattern(unescaped);
  if (!pattern) return "it is not on one line";
  auto compiled = Regex::compile(pattern->body, pattern->flags);
  if (!compiled.regex) return std::move(compiled.error);
  const auto number = static_cast<std::uint32_t>(constants_.size());
  constants_.push_back(Operand::of(regexes_.emplace_back(std::move(*compiled.regex))));
  pattern_constants_.emplace(literal, number);
  return std::nullopt;
}

std::optional<expr::SyntaxError> ExpressionPool::add_patterns(std::string_view text, const expr::Tree& tree) {
  for (const expr::Node& node : tree.nodes) {
    if (node.kind != expr::TokenKind::pattern) continue;
    if (const auto reason = add_pattern(node.range.of(text))) {
      return expr::SyntaxError{
          expr::SyntaxErrorKind::invalid_pattern, node.range, "found a pattern that RE2 refuses: " + *reason, {}};
    }
  }
  return std::nullopt;
}

ExpressionPool::Added ExpressionPool::add(std::string_view text) {
  if (const auto known = find(text)) return *known;
  return add(text, expr::parse(text, limits_));
}

ExpressionPool::Added ExpressionPool::add(std::string_view text, const expr::Parsed& parsed) {
  if (const auto known = find(text)) return *known;
  if (auto error = add_patterns(text, parsed.tree)) return std::move(*error);
  if (parsed.error) return *parsed.error;
  Compiler compiler(*this, text, parsed.tree);
  if (auto error = compiler.plan()) return std::move(*error);
  expressions_.push_back(compiler.emit());
  return static_cast<ExpressionId>(texts_.add(text));
}

}  // namespace willrun::machine
