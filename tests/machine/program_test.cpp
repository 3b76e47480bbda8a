#include "machine/program.hpp"

#include "machine/evaluate.hpp"

namespace willrun {
namespace {

using machine::ExpressionId;
using machine::ExpressionPool;
using machine::Operation;

ExpressionId add(ExpressionPool& pool, std::string_view text) {
  const auto added = pool.add(text);
  EXPECT_TRUE(std::holds_alternative<ExpressionId>(added)) << text;
  return std::get<ExpressionId>(added);
}

TEST(ExpressionPool, SharesWhatIsEqual) {
  ExpressionPool pool;
  const auto first = add(pool, "$A == 'x' && $B =~ /y+/");
  const auto second = add(pool, "$B == 'x' || $C =~ /y+/");
  EXPECT_EQ(add(pool, "$A == 'x' && $B =~ /y+/"), first);
  EXPECT_EQ(pool.size(), 2U);
  EXPECT_EQ(pool.variable_count(), 3U);
  EXPECT_EQ(pool.constants().size(), 5U);  // null, false, true, 'x' and the pattern
  EXPECT_EQ(pool.text(second), "$B == 'x' || $C =~ /y+/");
}

TEST(ExpressionPool, NamesWhatAnExpressionReads) {
  ExpressionPool pool;
  add(pool, "$A && $B && $[[ inputs.x ]]");
  const auto id = add(pool, "$C == $B || $C && $[[ inputs.y ]] == $[[ inputs.x ]]");
  std::string read;
  for (const auto slot : pool.slots_read(id)) read.append(pool.variable_name(slot)).append(" ");
  for (const auto slot : pool.inputs_read(id)) read.append(pool.input_name(slot)).append(" ");
  EXPECT_EQ(read, "B C x y ");
  EXPECT_TRUE(pool.slots_read(add(pool, "true")).empty());
}

TEST(ExpressionPool, CompilesOneInstructionForAnOperator) {
  ExpressionPool pool;
  const auto id = add(pool, "$A == 'x' && $B != $C || !$D");
  std::vector<Operation> operations;
  for (const auto& instruction : pool.code(id)) operations.push_back(instruction.operation);
  EXPECT_EQ(operations, (std::vector<Operation>{Operation::equals, Operation::jump_if_falsy, Operation::not_equals,
                                                Operation::jump_if_truthy, Operation::negate, Operation::finish}));
}

TEST(ExpressionPool, ReportsTheFirstErrorThatGitLabMeets) {
  const auto text_of = [](std::string_view text) {
    ExpressionPool pool;
    const auto added = pool.add(text);
    const auto* error = std::get_if<expr::SyntaxError>(&added);
    return error != nullptr ? std::string(expr::gitlab_text(error->kind)) : "accepted";
  };
  EXPECT_EQ(text_of("/(ab/"), "Invalid regular expression!");
  EXPECT_EQ(text_of("/ab\ncd/"), "Invalid regular expression!");
  EXPECT_EQ(text_of("/(ab/ $B"), "Invalid regular expression!");
  EXPECT_EQ(text_of("== /(ab/"), "Invalid regular expression!");
  EXPECT_EQ(text_of("$A && && $B || /(ab/"), "Invalid left operand");
  EXPECT_EQ(text_of("/(ab/)"), "Unmatched parenthesis");
}

TEST(ExpressionPool, FindsThePatternInsideALiteral) {
  ExpressionPool pool;
  machine::PatternCache cache;
  const auto id = add(pool, "/x\n\\/ab\\/i\ny/");
  EXPECT_EQ(machine::to_value(machine::evaluate(pool, id, {}, cache).value).text(), "(?i)ab");
}

TEST(ExpressionPool, BoundsTheDepth) {
  Limits limits;
  limits.expression_tokens = 100'000;
  const auto nested = [](int depth) {
    std::string text = "$A";
    for (int i = 0; i < depth; ++i) text = "$A == (" + text + ")";
    return text;
  };
  ExpressionPool pool(limits);
  EXPECT_TRUE(std::holds_alternative<ExpressionId>(pool.add(nested(63))));
  const auto added = pool.add(nested(64));
  ASSERT_TRUE(std::holds_alternative<expr::SyntaxError>(added));
  EXPECT_EQ(std::get<expr::SyntaxError>(added).message, "found operands nested over 64 deep");
  EXPECT_EQ(pool.size(), 1U);
}

TEST(ExpressionPool, MovesWithItsConstants) {
  ExpressionPool pool;
  const auto id = add(pool, "'x' =~ /^(x)$/");
  const ExpressionPool moved = std::move(pool);
  machine::PatternCache cache;
  EXPECT_TRUE(machine::truthful(machine::evaluate(moved, id, {}, cache).value));
}

}  // namespace
}  // namespace willrun
