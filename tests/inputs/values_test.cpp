#include <gtest/gtest.h>

#include "inputs/support.hpp"

namespace willrun::inputs {
namespace {

// The value of an input `x` declared so, as a whole node.
std::string value(std::string_view spec, const Value& given = {}) {
  const std::string text = "spec:\n  inputs:\n    x: " + std::string(spec) + "\n---\nout: $[[ inputs.x ]]\n";
  const std::string made = printed({text, given.is_null() ? Value() : map({{"x", given}})});
  return made.starts_with("{\"out\"=>") ? made.substr(8, made.size() - 9) : made;
}

TEST(InputValue, FitsItsType) {
  EXPECT_EQ(value("{}", 1.0), "\"1.0\"");
  EXPECT_EQ(value("{}", Value::Sequence{Value(1), Value()}), "\"[1, nil]\"");
  EXPECT_EQ(value("{}", map({{"a", 1}})), "\"{:a=>1}\"");
  EXPECT_EQ(value("{default: {a: 1}}"), "\"{\\\"a\\\"=>1}\"");
  EXPECT_EQ(value("{default: ~}"), "\"\"");
  EXPECT_EQ(value("{type: number, default: ~}"), "nil");
  EXPECT_EQ(value("{type: number}", "1e3"), "1000.0");
  EXPECT_EQ(value("{type: number}", "\"1\""), "`x` input: provided value is not a number");
  EXPECT_EQ(value("{type: boolean}", " true "), "true");
  EXPECT_EQ(value("{type: boolean}", "yes"), "`x` input: provided value is not a boolean");
  EXPECT_EQ(value("{type: array}", "[1, {\"a\": 2}]"), "[1, {\"a\"=>2}]");
  EXPECT_EQ(value("{type: array}", Value::Sequence{map({{"a", 1}})}), "[{:a=>1}]");
  EXPECT_EQ(value("{type: array, default: text}"), "`x` input: default value is not an array");
  EXPECT_EQ(value("{}"), "`x` input: required value has not been provided");
}

TEST(InputValue, IsAmongItsOptions) {
  EXPECT_EQ(value("{options: [1, 2]}", "1"), "\"1\"");
  EXPECT_EQ(value("{options: [1, 2]}", "3"),
            "`x` input: `3` cannot be used because it is not in the list of allowed options");
  EXPECT_EQ(value("{type: number, options: [1, 2]}", "1.0"), "1.0");
  EXPECT_EQ(value("{type: number, options: ['1']}", 1),
            "`x` input: `1` cannot be used because it is not in the list of the allowed options");
  EXPECT_EQ(value("{type: number, options: [1]}", "1.00000000000000000"), "0.1e1");
  EXPECT_EQ(value("{type: number, options: [true]}", "true"), "`x` input: provided value is not a number");
  EXPECT_EQ(value("{type: boolean, options: [true]}", true),
            "`x` input: Options can only be used with string and number inputs");
}

TEST(InputValue, MatchesItsRegex) {
  EXPECT_EQ(value("{regex: '^v\\d+$'}", "v12"), "\"v12\"");
  EXPECT_EQ(value("{regex: '^v\\d+$'}", "12"), "`x` input: provided value does not match required RegEx pattern");
  EXPECT_EQ(value("{regex: '(?<n>a)'}", "a"), "\"a\"");
  EXPECT_EQ(value("{regex: '(?=a)'}", "a"), "`x` input: invalid regular expression");
  EXPECT_EQ(value("{regex: a, default: b}", "a"), "`x` input: default value does not match required RegEx pattern");
  EXPECT_EQ(value("{regex: ~}", "a"), "crash: the regex of input `x` is null, which GitLab fails on");
  EXPECT_EQ(value("{type: number, regex: a}", 1), "`x` input: RegEx validation can only be used with string inputs");
}

TEST(InputValue, IsExplained) {
  const Answer made =
      answer({"spec:\n  inputs:\n    env: {options: [staging, production], default: stagin}\n---\na: 1\n"});
  ASSERT_EQ(made.findings.size(), 1U);
  EXPECT_EQ(made.findings[0].code, "WR204");
  EXPECT_EQ(made.findings[0].message, "input `env` is the text `stagin`, expected one of staging, production");
  EXPECT_EQ(made.findings[0].help, "did you mean `staging`?");
  EXPECT_EQ(made.places[0], "stagin");
}

TEST(Inputs, UnknownNamesComeFirst) {
  const std::string text = "spec: {inputs: {x: }}\n---\na: 1\n";
  EXPECT_EQ(printed({text, map({{"X", 1}, {"y", 2}})}),
            "unknown input arguments: X, y\n`x` input: required value has not been provided");
  EXPECT_EQ(answer({text, map({{"X", 1}})}).findings[0].help, "did you mean `x`?");
  EXPECT_EQ(printed({text, Value("x")}), "Given inputs must be a hash");
  EXPECT_EQ(printed({"a: 1\n", map({{"x", 1}})}),
            "Given inputs not defined in the `spec` section of the included configuration file");
  EXPECT_EQ(printed({"a: $[[ inputs.x ]]\n", map({})}), "{\"a\"=>\"$[[ inputs.x ]]\"}");
}

}  // namespace
}  // namespace willrun::inputs
