#include "inputs/rules.hpp"

#include <gtest/gtest.h>

#include "inputs/support.hpp"

namespace willrun::inputs {
namespace {

std::string value(std::string_view rules, const Value& given = {}, bool check_rule_graph = false) {
  const std::string text =
      "spec:\n  inputs:\n    env: {options: [dev, prod], default: dev}\n    x:\n      rules: " + std::string(rules) +
      "\n    later: {default: L}\n---\nout: $[[ inputs.x ]]\n";
  const std::string made = printed({text, given, {}, {}, check_rule_graph});
  return made.starts_with("{\"out\"=>") ? made.substr(8, made.size() - 9) : made;
}

TEST(Rules, FirstThatAppliesGivesOptionsAndDefault) {
  constexpr std::string_view kRules =
      "[{if: '$[[ inputs.env ]] == \"prod\"', options: [big], default: big}, {options: [s, m], default: s}]";
  EXPECT_EQ(value(kRules), "\"s\"");
  EXPECT_EQ(value(kRules, map({{"env", "prod"}})), "\"big\"");
  EXPECT_EQ(value(kRules, map({{"x", "m"}})), "\"m\"");
  EXPECT_EQ(value(kRules, map({{"x", ""}})), "\"s\"");
  EXPECT_EQ(value(kRules, map({{"x", "big"}})),
            "`x` input: `big` cannot be used because it is not in the list of allowed options");
  EXPECT_EQ(value("[{if: '$[[ inputs.env ]] == \"prod\"', default: a}]"), "\"\"");
  EXPECT_EQ(value("[{if: '$[[ inputs.later ]]', default: a}, {default: b}]"), "\"b\"");
  EXPECT_EQ(value("[{if: '$[[ inputs.later ]]', default: a}, {default: b}]", map({{"later", "x"}})), "\"a\"");
  EXPECT_EQ(value("[{if: '$inputs', default: a}, {default: b}]"), "\"a\"");
  EXPECT_EQ(value("[{if: '$VAR', default: a}, {default: b}]"), "\"b\"");
  EXPECT_EQ(value("[]"), "`x` input: required value has not been provided");
}

TEST(Rules, HaveTheirForm) {
  const struct {
    std::string_view rules, said;
  } kCases[] = {
      {"[text]", "`x` input: should be a hash"},
      {"[{}]", "`x` input: can't be blank"},
      {"[{foo: 1, default: a}]", "`x` input: contains unknown keys: foo"},
      {"[{if: '==', default: a}]", "`x` input: if invalid expression syntax"},
      {"[{if: 1, default: a}]", "`x` input: if invalid expression syntax"},
      {"[{options: text, default: a}]", "`x` input: options should be an array"},
      {"[{options: [a]}]", "`x` input: rule must define 'options' with at least one value and a 'default'"},
      {"[{options: [1], default: '1'}]", "`x` input: default '1' must be one of the options"},
      {"[{options: [], default: a}]", "`x` input: `a` cannot be used because it is not in the list of allowed options"},
      {"[~]", "crash: a rule is null, which GitLab fails on"},
      {"[[{default: a}]]", "crash: a rule is a list, which GitLab fails on"},
      {"[{default: a}, ~]", "\"a\""},
  };
  for (const auto& [rules, said] : kCases) EXPECT_EQ(value(rules), said) << rules;
}

TEST(RuleGraph, IsCheckedWhenAskedFor) {
  const auto checked = [](std::string_view rules) { return value(rules, {}, true); };
  EXPECT_EQ(checked("[{if: '$[[ inputs.env ]]', default: a}]"), "\"a\"");
  EXPECT_EQ(checked("[{if: '$[[ inputs.nope ]] == \"a\"', default: a}]"),
            "header:spec:inputs:x config rule[0] references undefined inputs: nope");
  EXPECT_EQ(checked("[{if: '!$[[ inputs.nope ]]', default: a}]"), "\"a\"");
  EXPECT_EQ(checked("[{if: '$[[ inputs.x ]]', default: a}]"),
            "header:spec:inputs:env config circular dependency detected");
  EXPECT_EQ(checked("[text]"), "crash: a rule holds the text `text` where GitLab fails on it");
  EXPECT_EQ(value("[{if: '$[[ inputs.nope ]]', default: a}, {default: b}]"), "\"b\"");
}

}  // namespace
}  // namespace willrun::inputs
