#include "expr/parser.hpp"

#include <string>

namespace willrun {
namespace {

// The tree, or GitLab's text for the error.
std::string show(std::string_view text) {
  const expr::Parsed parsed = expr::parse(text);
  return parsed.error ? std::string(expr::gitlab_text(parsed.error->kind)) : expr::print(parsed.tree, text);
}

struct Case {
  std::string_view text;
  std::string_view shown;
};

TEST(ExpressionParser, BindsAsGitLabDoes) {
  const Case cases[] = {
      {"$A", "$A"},
      {"((\"x\"))", "\"x\""},
      {"$A == 'b'", "(equals $A 'b')"},
      {"$A == $B == $C", "(equals (equals $A $B) $C)"},
      {"$A =~ /ab/ != $B !~ $C", "(notmatches (notequals (matches $A /ab/) $B) $C)"},
      {"$A || $B && $C", "(or $A (and $B $C))"},
      {"$A && $B || $C", "(or (and $A $B) $C)"},
      {"$A || $B || $C", "(or (or $A $B) $C)"},
      {"($A || $B) && $C", "(and (or $A $B) $C)"},
      {"$A == 'b' && $C == 'd' || $E", "(or (and (equals $A 'b') (equals $C 'd')) $E)"},
      {"!$A == 'b'", "(equals (not $A) 'b')"},
      {"$A == !$B", "(equals $A (not $B))"},
      {"!!$A", "(not (not $A))"},
      {"!($A && $B)", "(not (and $A $B))"},
      {"!$A || !$B && $[[ inputs.c ]]", "(or (not $A) (and (not $B) $[[ inputs.c ]]))"},
  };
  for (const auto& [text, shown] : cases) EXPECT_EQ(show(text), shown) << text;
}

TEST(ExpressionParser, TakesOperandsFromAnywhere) {
  const Case cases[] = {
      {"$A (== 'b')", "(equals $A 'b')"},
      {"$A !", "(not $A)"},
      {"$A ! !", "(not (not $A))"},
      {"$A ! == 'b'", "(equals (not $A) 'b')"},
      {"$A () == 'b'", "(equals $A 'b')"},
      {"() $A", "$A"},
      {"$A ($B ==)", "(equals $A $B)"},
      {"$A ($B) ==", "(equals $A $B)"},
      {"! () $A", "(not $A)"},
      {"$A (! == 'b')", "(equals (not $A) 'b')"},
  };
  for (const auto& [text, shown] : cases) EXPECT_EQ(show(text), shown) << text;
}

TEST(ExpressionParser, RefusesWithGitLabsText) {
  const Case cases[] = {
      {"", "Gitlab::Ci::Pipeline::Expression::Statement::StatementError"},
      {" \n", "Gitlab::Ci::Pipeline::Expression::Statement::StatementError"},
      {"$A ?", "Unknown lexeme found!"},
      {"$A $B", "Unreachable nodes in parse tree"},
      {"$A $B == 'c'", "Unreachable nodes in parse tree"},
      {"()", "Empty parse tree"},
      {"(())", "Empty parse tree"},
      {"$A)", "Unmatched parenthesis"},
      {")(", "Unmatched parenthesis"},
      {"== )", "Unmatched parenthesis"},
      {"($A", "Unprocessable token found in parse tree: parenthesis_open"},
      {"(", "Unprocessable token found in parse tree: parenthesis_open"},
      {"$A ==", "Invalid left operand"},
      {"== $A", "Invalid left operand"},
      {"$A && ()", "Invalid left operand"},
      {"&&", "Invalid left operand"},
      {"!", "Invalid operand"},
      {"!()", "Invalid operand"},
      {"$A == !", "Invalid left operand"},
  };
  for (const auto& [text, shown] : cases) EXPECT_EQ(show(text), shown) << text;
}

TEST(ExpressionParser, NamesInputsOutsideOfNegations) {
  const auto names = [](std::string_view text) { return expr::parse(text).tree.input_names(text); };
  using Names = std::vector<std::string_view>;
  EXPECT_EQ(names("$[[inputs.b]] == $[[inputs.a]] || $[[inputs.b]]"), (Names{"b", "a"}));
  EXPECT_EQ(names("!$[[inputs.b]] || $[[inputs.c]] && !($[[inputs.d]] == 'x')"), (Names{"c"}));
  EXPECT_EQ(names("$A"), Names{});
}

TEST(ExpressionParser, KeepsNoRecursion) {
  Limits limits;
  limits.expression_tokens = 1'000'000;
  const std::string deep = std::string(200'000, '(') + "$A" + std::string(200'000, ')');
  EXPECT_EQ(expr::print(expr::parse(deep, limits).tree, deep), "$A");
  const std::string nots = std::string(200'000, '!') + "$A";
  EXPECT_EQ(expr::print(expr::parse(nots, limits).tree, nots).size(), 200'000U * 6 + 2);
}

}  // namespace
}  // namespace willrun
