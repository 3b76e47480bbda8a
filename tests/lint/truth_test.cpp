#include "lint/truth.hpp"

#include <gtest/gtest.h>

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
