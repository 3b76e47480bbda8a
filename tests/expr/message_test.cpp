#include "expr/parser.hpp"

#include <string>

namespace willrun {
namespace {

// `message [marked text] / help`.
std::string show(std::string_view text) {
  const expr::Parsed parsed = expr::parse(text);
  if (!parsed.error) return "accepted";
  std::string out = parsed.error->message;
  out.append(" [").append(parsed.error->range.of(text)).append("]");
  if (!parsed.error->help.empty()) out.append(" / ").append(parsed.error->help);
  return out;
}

struct Case {
  std::string_view text;
  std::string_view shown;
};

constexpr std::string_view kOperand = ", expected a variable, a string, a pattern, true, false, null, '!' or '('";
constexpr std::string_view kOperator = ", expected one of ==, !=, =~, !~, && and || before it";

TEST(ExpressionMessages, OfLexemes) {
  const Case cases[] = {
      {"$A == 3", "found '3', expected an operand or an operator [3] / there are no numbers, compare with a string"},
      {"$A == 1.5x",
       "found '1.5x', expected an operand or an operator [1.5x] / there are no numbers, compare with a string"},
      {"$A == main",
       "found 'main', expected an operand or an operator [main] / put a text into quotes, a variable after $"},
      {"$A and $B", "found 'and', expected an operand or an operator [and] / write && for and"},
      {"$A or $B", "found 'or', expected an operand or an operator [or] / write || for or"},
      {"not $A", "found 'not', expected an operand or an operator [not] / write ! for not"},
      {"$A == True", "found 'True', expected an operand or an operator [True] / write true"},
      {"${CI}", "found '${CI}', expected a variable [${CI}] / write $NAME without braces"},
      {"%CI%", "found '%', expected an operand or an operator [%] / write $NAME for a variable"},
      {"$ A", "found '$' without a name, expected a variable such as $CI_COMMIT_BRANCH [$]"},
      {"$[[ inputs.a[0] ]]",
       "found '$[[ inputs.a[0] ]]', expected $[[ inputs.NAME ]] [$[[ inputs.a[0] ]]] / an expression reads whole "
       "inputs only, "
       "without functions or parts"},
      {"$A = 'b'", "found '=', expected an operand or an operator [=] / write == to compare, =~ to match a pattern"},
      {"$A & $B", "found '&', expected an operand or an operator [&] / write && for and"},
      {"$A | $B", "found '|', expected an operand or an operator [|] / write || for or"},
      {"$A == \"b",
       "found a string without its closing \" on the same line [\"b] / strings have no escapes and end at the next "
       "quote of their kind"},
      {"$A =~ /a/", "found a pattern of one character, expected at least two [/a/] / write /(a)/"},
      {"$A =~ //", "found an empty pattern, expected at least two characters [//] / write /()/ for what matches all"},
      {"$A =~ /ab", "found a pattern without its closing '/' [/ab]"},
      {"$A =~ /ab\\/",
       "found a pattern without its closing '/', since '\\/' stands for a slash inside it [/ab\\/] / put "
       "something between the backslash and the closing '/'"},
      {"$A =~ /ab/gi", "found 'gi' after a pattern, expected flags of i, s, m and U [gi]"},
      {"$A\u00a0", "found an invisible character, expected an operand or an operator [\u00a0]"},
      {"$A é", "found 'é', expected an operand or an operator [é]"},
  };
  for (const auto& [text, shown] : cases) EXPECT_EQ(show(text), shown) << text;
}

TEST(ExpressionMessages, OfStructure) {
  const std::pair<std::string_view, std::string> cases[] = {
      {"", "found nothing, expected an expression []"},
      {"$A $B", "found '$B'" + std::string(kOperator) + " [$B]"},
      {"$A == == $B", "found '=='" + std::string(kOperand) + " [==]"},
      {"$A ==", "found the end of the expression after '=='" + std::string(kOperand) + " [==]"},
      {"($A", "found '(' without its ')' [(]"},
      {"$A)", "found ')' without its '(' [)]"},
      {"() == $A", "found ')'" + std::string(kOperand) + " [)]"},
      {"$A !true", "found '!'" + std::string(kOperator) + " [!]"},
  };
  for (const auto& [text, shown] : cases) EXPECT_EQ(show(text), shown) << text;
}

TEST(ExpressionMessages, OfWhatGitLabAcceptsOddly) {
  const auto oddity = [](std::string_view text) -> std::string {
    const auto found = expr::first_oddity(text, expr::tokenize(text).tokens);
    return found ? found->message : "none";
  };
  EXPECT_EQ(oddity("$A (== 'b')"), "found '('" + std::string(kOperator));
  EXPECT_EQ(oddity("$A !"), "found '!'" + std::string(kOperator));
  EXPECT_EQ(oddity("!($A || (!$B)) && $C == 'd'"), "none");
}

}  // namespace
}  // namespace willrun
