#include "inputs/header.hpp"

#include <gtest/gtest.h>

#include "inputs/support.hpp"

namespace willrun::inputs {
namespace {

std::string errors(std::string_view header) { return printed({std::string(header) + "\n---\na: 1\n"}); }

TEST(Header, SaysWhatGitLabSays) {
  const struct {
    std::string_view header, said;
  } kCases[] = {
      {"spec:", "{\"a\"=>1}"},
      {"spec: []", "header:spec config should be a hash"},
      {"spec: {}\ninputs: {}", "header config contains unknown keys: inputs"},
      {"spec: {Foo: 1, bar: 2}", "header:spec config contains unknown keys: foo, bar"},
      {"spec: {foo: 1, inputs: {x: text}}", "header:spec config contains unknown keys: foo"},
      {"spec: {description: [a]}", "header:spec config description should be a string"},
      {"spec: {inputs: []}", "header:spec:inputs config should be a hash"},
      {"spec: {inputs: {X: text}}",
       "header:spec:inputs:x config should be a hash\nheader:spec:inputs:x config should be a hash"},
      {"spec: {inputs: {x: {default: a, foo: 1}}}", "header:spec:inputs:x config contains unknown keys: foo"},
      {"spec: {inputs: {~: {default: a}}}", "header:spec:inputs:input key must be an alphanumeric string"},
      {"spec: {inputs: {1.5: }}", "header:spec:inputs:1.5 key must be an alphanumeric string"},
      {"spec: {inputs: {x: {description: [a]}}}",
       "header:spec:inputs:x input description must be an alphanumeric string"},
      {"spec: {inputs: {x: {type: [Text]}}}", "header:spec:inputs:x input type unknown value: [\"text\"]"},
      {"spec: {inputs: {x: {regex: 1}}}", "header:spec:inputs:x input regex should be a string"},
      {"spec: {inputs: {x: {options: text}}}", "header:spec:inputs:x input options should be an array"},
      {"spec: {inputs: {x: {options: [a, ~]}}}",
       "header:spec:inputs:x config options array cannot contain null values"},
      {"spec: {inputs: {x: {rules: {}}}}", "header:spec:inputs:x:rules config should be an array"},
      {"spec: {inputs: {x: {rules: [], default: a, options: [a]}}}",
       "header:spec:inputs:x config these keys cannot be used together: options, rules\n"
       "header:spec:inputs:x config these keys cannot be used together: default, rules"},
      {"spec: {inputs: {x: {type: ~}}}",
       "unknown input specification for `x` (valid types: array, boolean, number, string)"},
      {"spec: {component: name}",
       "header:spec:component config should be an array\nheader:spec:component config should be an array of strings"},
      {"spec: {component: [name, [foo], 1]}",
       "header:spec:component config should be an array of strings\n"
       "header:spec:component config contains unknown values: foo, 1"},
  };
  for (const auto& [header, said] : kCases) EXPECT_EQ(errors(header), said) << header;
}

TEST(Header, CountsOptions) {
  const auto header = [](int count) {
    std::string text = "spec: {inputs: {x: {default: o1, options: [";
    for (int i = 0; i < count; ++i) text.append("o").append(std::to_string(i)).append(", ");
    return text + "]}}}";
  };
  EXPECT_EQ(errors(header(50)), "{\"a\"=>1}");
  EXPECT_EQ(errors(header(51)), "header:spec:inputs:x config cannot define more than 50 options");
}

TEST(Header, PointsAtTheWord) {
  const Answer made = answer({"spec:\n  inputs:\n    x: {defualt: a}\n---\na: 1\n"});
  ASSERT_EQ(made.findings.size(), 1U);
  EXPECT_EQ(made.findings[0].code, "WR201");
  EXPECT_EQ(
      made.findings[0].message,
      "`defualt` is no key of `header:spec:inputs:x`, expected default, description, options, regex, type, rules");
  EXPECT_EQ(made.findings[0].help, "did you mean `default`?");
  EXPECT_EQ(made.places[0], "defualt");
}

}  // namespace
}  // namespace willrun::inputs
