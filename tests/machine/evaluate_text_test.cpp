#include "machine/evaluate_text.hpp"

namespace willrun {
namespace {

TEST(EvaluateText, LooksUpEachNameOnce) {
  std::string asked;
  machine::Names names;
  names.variable = [&](std::string_view name) {
    asked.append("$").append(name).append(" ");
    return machine::Operand::of("x");
  };
  names.input = [&](std::string_view name) {
    asked.append(name).append(" ");
    return machine::Operand::of(true);
  };
  const auto evaluation = machine::evaluate_text("$A == $B && $A == 'x' && $[[ inputs.i ]] == $[[ inputs.i ]]", names);
  EXPECT_TRUE(evaluation.truthful);
  EXPECT_EQ(asked, "$A $B i ");
}

TEST(EvaluateText, KnowsNothingWithoutNames) {
  EXPECT_TRUE(machine::evaluate_text("$A == null && $[[ inputs.b ]] == null", {}).truthful);
}

TEST(EvaluateText, KeepsItsValue) {
  const auto evaluation = machine::evaluate_text(std::string("'text' && 'a longer text than any small string'"), {});
  EXPECT_EQ(evaluation.value.string(), "a longer text than any small string");
}

TEST(EvaluateText, TellsErrorsFromCrashes) {
  const auto refused = machine::evaluate_text("$A ==", {});
  ASSERT_TRUE(refused.error);
  EXPECT_FALSE(refused.crashed);
  const auto crashed = machine::evaluate_text("'a' =~ true", {});
  ASSERT_TRUE(crashed.error);
  EXPECT_TRUE(crashed.crashed);
  EXPECT_EQ(crashed.error->range, (expr::Range{4, 6}));
}

}  // namespace
}  // namespace willrun
