#include "expr/lexer.hpp"

#include <string>

namespace willrun {
namespace {

// `kind[content] kind[content] !gitlab text`; a content that is the whole token is left out for operators.
std::string show(std::string_view text, const Limits& limits = {}) {
  const expr::Lexed lexed = expr::tokenize(text, limits);
  std::string out;
  for (const expr::Token& token : lexed.tokens) {
    if (!out.empty()) out += ' ';
    out += expr::name(token.kind);
    if (expr::is_operand(token.kind)) out.append("[").append(token.content.of(text)).append("]");
  }
  if (lexed.error) out.append(out.empty() ? "!" : " !").append(expr::gitlab_text(lexed.error->kind));
  return out;
}

struct Case {
  std::string_view text;
  std::string_view shown;
};

constexpr std::string_view kUnknown = "!Unknown lexeme found!";

TEST(ExpressionLexer, TakesEveryLexeme) {
  const Case cases[] = {
      {"", ""},
      {" \t\n\v\f\r ", ""},
      {"$A", "variable[A]"},
      {"$1a_é", "variable[1a_] !Unknown lexeme found!"},
      {"$A$B", "variable[A] variable[B]"},
      {"\"a'b\"'c\"d'", "string[a'b] string[c\"d]"},
      {"\"\\\"", "string[\\]"},
      {"\"\"''", "string[] string[]"},
      {"\"a\rb\"", "string[a\rb]"},
      {"null nullnull", "null[null] null[null] null[null]"},
      {"true false", "boolean[true] boolean[false]"},
      {"true)false(", "boolean[true] parenthesisclose boolean[false] parenthesisopen"},
      {"nulltrue", "null[null] boolean[true]"},
      {"$[[ inputs.a-b ]]", "input[a-b]"},
      {"$[[\n\tinputs._9\v]]", "input[_9]"},
      {"$[[inputs.a]]$[[inputs.b]]", "input[a] input[b]"},
      {"==!==~!~&&||!()", "equals notequals matches notmatches and or not parenthesisopen parenthesisclose"},
      {"!!=", "not notequals"},
      {"!!~", "not notmatches"},
      {"====", "equals equals"},
  };
  for (const auto& [text, shown] : cases) EXPECT_EQ(show(text), shown) << text;
}

TEST(ExpressionLexer, RefusesWhatIsNone) {
  for (const std::string_view text : {"1",
                                      "a",
                                      "True",
                                      "NULL",
                                      "truely",
                                      "true_",
                                      "trueé",
                                      "false1",
                                      "${A}",
                                      "%A%",
                                      "$",
                                      "$[[ inputs. ]]",
                                      "$[[ inputs.a",
                                      "$[[ inputs.a.b ]]",
                                      "$[[ inputs.a | f ]]",
                                      "$[[ x ]]",
                                      "=",
                                      "&",
                                      "|",
                                      "~",
                                      "\"a\nb\"",
                                      "'a",
                                      "\u00a0",
                                      "\ufeff$A",
                                      "\xff",
                                      "\\",
                                      "{",
                                      "]"}) {
    EXPECT_TRUE(show(text).ends_with(kUnknown)) << text << ": " << show(text);
  }
}

TEST(ExpressionLexer, TakesPatterns) {
  const Case cases[] = {
      {"/ab/", "pattern[/ab/]"},
      {"/ab/ismUi", "pattern[/ab/ismUi]"},
      {"/ab/imx", "pattern[/ab/im] !Unknown lexeme found!"},
      {"/éa/", "pattern[/éa/]"},
      {"/a b\nc/", "pattern[/a b\nc/]"},
      {"/a\\/b/", "pattern[/a\\/b/]"},
      {"/\\/a/", "pattern[/\\/a/]"},
      {"/ab//", "pattern[/ab//]"},
      {"/a//", "pattern[/a//]"},
      {"/ab///", "pattern[/ab//] !Unknown lexeme found!"},
      {"/\\//", "pattern[/\\//]"},
      {"/a\\//", "pattern[/a\\//]"},
      {"/ab\\//cd/", "pattern[/ab\\//] !Unknown lexeme found!"},
      {"/a\\\\//", "pattern[/a\\\\//]"},
      {"/ab/ /cd/", "pattern[/ab/] pattern[/cd/]"},
      {"/ab/=~/cd/", "pattern[/ab/] matches pattern[/cd/]"},
      {"/\xff\xfe/", "pattern[/\xff\xfe/]"},
  };
  for (const auto& [text, shown] : cases) EXPECT_EQ(show(text), shown) << text;
}

TEST(ExpressionLexer, RefusesShortPatterns) {
  for (const std::string_view text :
       {"/", "//", "/a/", "/é/", "/ab", "/ab\\/", "/ab\\\\/", "/a\\/", "/\\/", "/\\\\/", "///", "/\xff/", "/\\"}) {
    EXPECT_EQ(show(text), kUnknown) << text;
  }
}

TEST(ExpressionLexer, StopsAtTheLimit) {
  Limits limits;
  limits.expression_tokens = 3;
  EXPECT_EQ(show("$A $B ", limits), "variable[A] variable[B]");
  EXPECT_EQ(show("$A $B $C ?", limits), "variable[A] variable[B] variable[C] !Too many tokens!");
  EXPECT_EQ(show("$A $B ?", limits), "variable[A] variable[B] !Unknown lexeme found!");
  std::string many;
  for (int i = 0; i < 99; ++i) many += "! ";
  EXPECT_FALSE(expr::tokenize(many).error);
  EXPECT_TRUE(expr::tokenize(many + "!").error);
}

TEST(ExpressionLexer, KeepsPlaces) {
  const expr::Lexed lexed = expr::tokenize("  $AB == 'x' && $[[ inputs.n ]]");
  ASSERT_EQ(lexed.tokens.size(), 5U);
  EXPECT_EQ(lexed.tokens[0].range, (expr::Range{2, 5}));
  EXPECT_EQ(lexed.tokens[0].content, (expr::Range{3, 5}));
  EXPECT_EQ(lexed.tokens[2].range, (expr::Range{9, 12}));
  EXPECT_EQ(lexed.tokens[2].content, (expr::Range{10, 11}));
  EXPECT_EQ(lexed.tokens[4].range, (expr::Range{16, 31}));
  EXPECT_EQ(lexed.tokens[4].content, (expr::Range{27, 28}));
}

}  // namespace
}  // namespace willrun
