#include "lint/truth.hpp"

#include <gtest/gtest.h>

#include <fmt/format.h>
#include <willrun/expression.hpp>

#include <array>
#include <random>

#include "expr/parser.hpp"

namespace willrun::lint {
namespace {

Condition condition(std::string_view text) {
  Condition made;
  made.text = text;
  made.tree = expr::parse(text).tree;
  return made;
}

Truth truth(std::string_view text) { return truth_of(condition(text)); }

TEST(Truth, OfOneCondition) {
  EXPECT_EQ(truth("$A"), Truth::varies);
  EXPECT_EQ(truth("$A == $A"), Truth::always);
  EXPECT_EQ(truth("$A != $A"), Truth::never);
  EXPECT_EQ(truth("'a' == 'b'"), Truth::never);
  EXPECT_EQ(truth("$A == 'x' && $A == 'y'"), Truth::never);
  EXPECT_EQ(truth("$A != 'x' || $A != 'y'"), Truth::always);
  EXPECT_EQ(truth("$A == null && $A"), Truth::never);
  EXPECT_EQ(truth("$A != '' && $A"), Truth::varies);
  EXPECT_EQ(truth("$A =~ /xx/ && $A == 'y'"), Truth::never);
  EXPECT_EQ(truth("$A =~ /xx/ && $A == 'axx'"), Truth::varies);
  EXPECT_EQ(truth("$A =~ /xx/ && $A !~ /xx/"), Truth::never);
  EXPECT_EQ(truth("$A =~ /xx/ || $A !~ /xx/"), Truth::always);
  EXPECT_EQ(truth("$A == $B"), Truth::unknown);
  EXPECT_EQ(truth("$A =~ $B"), Truth::unknown);
}

// Conditions of random parts, evaluated with values of every kind: what is called constant has to be.
class RandomConditions {
 public:
  std::string next() { return part(2); }

 private:
  std::size_t pick(std::size_t number) { return std::uniform_int_distribution<std::size_t>(0, number - 1)(random_); }

  std::string operand() {
    constexpr std::array<const char*, 9> kOperands = {"$A", "$B", "$A", "$B", "'x'", "'y'", "''", "' '", "null"};
    return kOperands[pick(kOperands.size())];
  }
  std::string part(int depth) {
    constexpr std::array<const char*, 2> kSigns = {" == ", " != "};
    constexpr std::array<const char*, 4> kMatches = {" =~ /xx/", " !~ /x/", " =~ /^y$/i", " !~ /^$|z/"};
    switch (pick(depth == 0 ? 3 : 7)) {
      case 0: return operand();
      case 1: return fmt::format("{}{}{}", operand(), kSigns[pick(kSigns.size())], operand());
      case 2: return fmt::format("{}{}", operand(), kMatches[pick(kMatches.size())]);
      case 3: return fmt::format("!({})", part(depth - 1));
      case 4: return fmt::format("({}){}{}", part(depth - 1), kSigns[pick(kSigns.size())], operand());
      default: return fmt::format("({}) {} ({})", part(depth - 1), pick(2) == 0 ? "&&" : "||", part(depth - 1));
    }
  }

  std::mt19937 random_{7};
};

std::vector<Expression::Variables> assignments() {
  const std::vector<std::optional<std::string>> values = {std::nullopt, "",  " ",  "x",    "y",    "xx",
                                                          "Y",          "z", "ab", "true", "false"};
  std::vector<Expression::Variables> all;
  for (const auto& a : values) {
    for (const auto& b : values) {
      Expression::Variables& made = all.emplace_back();
      if (a) made.emplace("A", *a);
      if (b) made.emplace("B", *b);
    }
  }
  return all;
}

TEST(Truth, IsWhatTheEvaluatorSays) {
  RandomConditions conditions;
  const auto all = assignments();
  for (int i = 0; i < 20000; ++i) {
    const std::string text = conditions.next();
    const Truth told = truth(text);
    if (told != Truth::always && told != Truth::never) continue;
    const Expression expression(text);
    ASSERT_EQ(expression.error(), nullptr) << text;
    for (const auto& variables : all) {
      const ExpressionResult result = expression.evaluate(variables);
      ASSERT_FALSE(result.error) << text;
      ASSERT_EQ(result.truthful, told == Truth::always)
          << text << " with A=" << (variables.contains("A") ? variables.at("A") : "null")
          << " B=" << (variables.contains("B") ? variables.at("B") : "null");
    }
  }
}

TEST(Truth, CoversWhatTheEvaluatorLetsThrough) {
  RandomConditions conditions;
  const auto all = assignments();
  for (int i = 0; i < 20000; ++i) {
    const std::string first = conditions.next();
    const std::string second = conditions.next();
    const Condition earlier = condition(first);
    const Condition* list[] = {&earlier};
    if (!covers(list, condition(second))) continue;
    const Expression one(first);
    const Expression other(second);
    for (const auto& variables : all)
      ASSERT_TRUE(!other.evaluate(variables).truthful || one.evaluate(variables).truthful)
          << first << " before " << second << " with A=" << (variables.contains("A") ? variables.at("A") : "null")
          << " B=" << (variables.contains("B") ? variables.at("B") : "null");
  }
}

TEST(Truth, OfConditionsTogether) {
  const auto covered = [](std::string_view first, std::string_view second, std::string_view later) {
    const Condition a = condition(first);
    const Condition b = condition(second);
    const Condition* earlier[] = {&a, &b};
    return covers(earlier, condition(later));
  };
  EXPECT_TRUE(covered("$A == 'x'", "$A == 'y'", "$A == 'x' || $A == 'y'"));
  EXPECT_FALSE(covered("$A == 'x'", "$A == 'y'", "$A"));
  EXPECT_TRUE(covered("$A == 'x'", "$B", "$A == 'x' && $C"));
  // An empty A counts as true in front of `&&`, and not alone.
  EXPECT_FALSE(covered("$A", "$B", "$A && $C"));
}

}  // namespace
}  // namespace willrun::lint
