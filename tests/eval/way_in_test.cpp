#include "eval/way_in.hpp"

#include <gtest/gtest.h>

#include <map>

namespace willrun::eval {
namespace {

struct Given {
  std::vector<RuleFacts> rules;
  std::map<std::string, std::string> values;
};

// `rule N if ..., and ...`, or `none`.
std::string way(const Given& given) {
  const World world = {[&](std::string_view name) {
                         const auto value = given.values.find(std::string(name));
                         return value == given.values.end() ? std::nullopt : std::optional(value->second);
                       },
                       [](std::string_view) { return true; }, [](std::span<const Change>) { return true; }};
  const auto found = way_in(given.rules, world);
  if (!found) return "none";
  std::string text = "rule " + std::to_string(found->rule + 1) + " if ";
  for (const std::string& one : found->differences) text += (one == found->differences.front() ? "" : ", and ") + one;
  return text;
}

TEST(WayIn, IsTheSmallestChangeOfTheFirstRuleThatCouldMatch) {
  const struct {
    std::string_view condition;
    std::map<std::string, std::string> values;
    std::string_view expected;
  } rows[] = {
      {"$A", {}, "rule 1 if $A were set"},
      {"$A == 'x'", {{"A", "y"}}, "rule 1 if $A were \"x\""},
      {"$A != 'x'", {{"A", "x"}}, "rule 1 if $A were not \"x\""},
      {"$A == null", {{"A", "x"}}, "rule 1 if $A were not set"},
      {"$A == ''", {{"A", "x"}}, "rule 1 if $A were \"\""},
      {"$A =~ /^v\\d/", {{"A", "x"}}, "rule 1 if $A matched /^v\\d/"},
      {"$A !~ /^v\\d/", {{"A", "v1"}}, "rule 1 if $A did not match /^v\\d/"},
      {"$A && $B", {}, "rule 1 if $A were set, and $B were set"},
      {"$A || $B", {}, "rule 1 if $A were set"},
      {"$A == 'x' && ($B == 'y' || $C)", {{"A", "x"}}, "rule 1 if $B were \"y\""},
      {"!($A == 'x' || $A == 'y')", {{"A", "x"}}, "rule 1 if $A were not \"x\""},
      // One variable cannot have two values.
      {"$A == 'x' && $A == 'y'", {}, "none"},
      {"$A == 'x' && $A =~ /y/", {}, "none"},
      {"($A == 'x' && $A == 'y') || $B == 'z'", {}, "rule 1 if $B were \"z\""},
      // Variables with each other, and patterns in variables.
      {"$A == $B", {{"A", "x"}, {"B", "y"}}, "rule 1 if $A were \"y\""},
      {"$A != $B", {{"A", "x"}, {"B", "x"}}, "rule 1 if $A were not \"x\""},
      // A value is likelier than none.
      {"$A == $B", {{"A", "x"}}, "rule 1 if $B were \"x\""},
      {"$A =~ $P", {{"A", "x"}, {"P", "/^v/"}}, "rule 1 if $A matched /^v/"},
      {"$A =~ $P", {{"A", "x"}}, "none"},
      // It is in already; it would take too much.
      {"$A", {{"A", "1"}}, "none"},
      {"$A == 'a' && $B == 'b' && $C == 'c' && $D == 'd'", {}, "none"},
      {"$A == 'a' && $B == 'b' && $C == 'c'", {}, "rule 1 if $A were \"a\", and $B were \"b\", and $C were \"c\""},
  };
  for (const auto& row : rows) EXPECT_EQ(way({{{row.condition}}, row.values}), row.expected) << row.condition;
}

TEST(WayIn, PassesByRulesThatSayNever) {
  const RuleFacts never_on_main{.condition = "$BRANCH == 'main'", .never = true};
  EXPECT_EQ(way({{never_on_main, {"$BRANCH"}}, {{"BRANCH", "main"}}}), "rule 2 if $BRANCH were not \"main\"");
  EXPECT_EQ(way({{never_on_main, {"$A"}}, {{"BRANCH", "main"}}}),
            "rule 2 if $A were set, and $BRANCH were not \"main\"");
  // A change that lets the second rule hold must not make the first one hold.
  EXPECT_EQ(way({{never_on_main, {"$BRANCH == 'main' || $BRANCH == 'dev'"}}, {}}), "rule 2 if $BRANCH were \"dev\"");
  EXPECT_EQ(way({{never_on_main, {"$BRANCH == 'main'"}}, {}}), "none");
  EXPECT_EQ(way({{{.condition = "", .never = true}, {"$A"}}, {}}), "none");
  EXPECT_EQ(way({{{"$A == 'x' && $A == 'y'"}, {"$B"}}, {}}), "rule 2 if $B were set");
}

TEST(WayIn, CountsPathsToo) {
  const auto rule = [](std::string_view condition, Paths changes, Paths exists = Paths::hold, bool never = false) {
    return RuleFacts{condition, never, changes, exists};
  };
  EXPECT_EQ(way({{rule("$A", Paths::no_match)}, {}}), "rule 1 if $A were set, and a path matched `changes` of rule 1");
  EXPECT_EQ(way({{rule("", Paths::hold, Paths::no_match)}, {}}), "rule 1 if a path matched `exists` of rule 1");
  EXPECT_EQ(way({{rule("", Paths::match, Paths::hold, true), rule("", Paths::hold)}, {}}),
            "rule 2 if no path matched `changes` of rule 1");
  // Where nothing is compared, `changes` always holds; what cannot be told is left alone.
  EXPECT_EQ(way({{rule("", Paths::hold, Paths::hold, true), rule("", Paths::hold)}, {}}), "none");
  EXPECT_EQ(way({{rule("", Paths::fail), rule("$B", Paths::hold)}, {}}), "rule 2 if $B were set");
}

TEST(WayIn, GivesUpInTime) {
  std::string condition = "$A == 'a'";
  for (int i = 0; i < 40; ++i) condition.append(" && $V").append(std::to_string(i)).append(" == 'v'");
  EXPECT_EQ(way({{{condition}}, {}}), "none");
}

}  // namespace
}  // namespace willrun::eval
