#include <willrun/expression.hpp>

namespace willrun {
namespace {

TEST(Expression, ShowsItsParts) {
  const Expression expression("$A == 'b' && !$[[ inputs.c ]] || $[[ inputs.d ]]");
  EXPECT_EQ(expression.error(), nullptr);
  EXPECT_EQ(expression.tree(), "(or (and (equals $A 'b') (not $[[ inputs.c ]])) $[[ inputs.d ]])");
  EXPECT_EQ(expression.input_names(), std::vector<std::string>{"d"});
  ASSERT_TRUE(expression.tokens());
  EXPECT_EQ(expression.tokens()->at(1).name, "equals");
  EXPECT_EQ(expression.tokens()->at(1).begin, 3U);
  EXPECT_FALSE(expression.oddity());
}

TEST(Expression, Evaluates) {
  const Expression expression("$A == 'b' && $[[ inputs.c ]]");
  const Value inputs = Value::Mapping{{"c", 3}};
  const auto result = expression.evaluate({{"A", "b"}}, &inputs);
  EXPECT_EQ(result.value, Value(3));
  EXPECT_TRUE(result.truthful);
  EXPECT_EQ(expression.evaluate().value, Value(false));
  EXPECT_EQ(Expression("$inputs").evaluate({}, &inputs).value, inputs);
  EXPECT_TRUE(Expression("$inputs").evaluate().value.is_null());
}

TEST(Expression, ReportsErrors) {
  const Expression refused("$A == == 'b'");
  ASSERT_NE(refused.error(), nullptr);
  EXPECT_EQ(refused.error()->code, "WR501");
  EXPECT_EQ(refused.error()->gitlab_text, "Invalid left operand");
  EXPECT_EQ(refused.error()->span, (Span{FileId{}, 6, 8}));
  EXPECT_TRUE(refused.tokens());
  EXPECT_EQ(refused.tree(), "");
  EXPECT_TRUE(refused.evaluate().error);
  EXPECT_FALSE(Expression("$A ?").tokens());

  const Expression pattern("$A =~ /(ab/");
  ASSERT_NE(pattern.error(), nullptr);
  EXPECT_EQ(pattern.error()->code, "WR502");

  const auto crashed = Expression("$A =~ true").evaluate();
  ASSERT_TRUE(crashed.error);
  EXPECT_TRUE(crashed.crashed);
  EXPECT_EQ(crashed.error->gitlab_text, "");
}

TEST(Expression, NotesOddities) {
  const auto oddity = Expression("$A (== 'b')").oddity();
  ASSERT_TRUE(oddity);
  EXPECT_EQ(oddity->severity, Severity::note);
  EXPECT_EQ(oddity->span, (Span{FileId{}, 3, 4}));
}

}  // namespace
}  // namespace willrun
