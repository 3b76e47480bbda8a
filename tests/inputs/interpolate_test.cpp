#include "inputs/interpolate.hpp"

#include <gtest/gtest.h>

#include "inputs/support.hpp"

namespace willrun::inputs {
namespace {

std::string filled(std::string_view content, const Value& given, std::vector<Variable> variables = {}) {
  std::string text =
      "spec:\n  inputs:\n    s: {default: text}\n    n: {type: number, default: 5}\n"
      "    l: {type: array, default: [1, [a], {k: v}]}\n    e: {type: array, default: []}\n---\n";
  return printed({text + std::string(content) + "\n", given, std::move(variables)});
}

std::string filled(std::string_view content) { return filled(content, {}); }

TEST(Interpolate, PutsValuesInTheirPlaces) {
  EXPECT_EQ(filled("a: $[[ inputs.n ]]"), "{\"a\"=>5}");
  EXPECT_EQ(filled("a: n=$[[ inputs.n ]]"), "{\"a\"=>\"n=5\"}");
  EXPECT_EQ(filled("a: '$[[ inputs.l ]] '"), R"({"a"=>"[1, [\"a\"], {\"k\"=>\"v\"}] "})");
  EXPECT_EQ(filled("a: [x, \"$[[ inputs.l ]]\", \"$[[ inputs.e ]]\", y]"),
            R"({"a"=>["x", 1, ["a"], {"k"=>"v"}, "y"]})");
  EXPECT_EQ(filled("$[[ inputs.n ]]: 1"), "{5=>1}");
  EXPECT_EQ(filled("$[[ inputs.s ]]: 1\ntext: 2\nb: 3"), R"({"text"=>2, "b"=>3})");
  EXPECT_EQ(filled("a: :sym\nb: ~\nc: !reference [x, '$[[ inputs.s ]]']"),
            R"({"a"=>"sym", "b"=>nil, "c"=>!reference ["x", "$[[ inputs.s ]]"]})");
  EXPECT_EQ(filled("a: $[[ matrix.X ]] $[[ inputs.s ]]"), R"({"a"=>"$[[ matrix.X ]] text"})");
}

TEST(Interpolate, FollowsPaths) {
  EXPECT_EQ(filled("a: $[[ inputs.l[1][0] ]]"), "{\"a\"=>\"a\"}");
  const Value given = map({{"l", Value::Sequence{map({{"k", Value::Sequence{Value(7)}}})}}});
  EXPECT_EQ(filled("a: $[[ inputs.l[0].k[0] ]]", given), "{\"a\"=>7}");
  EXPECT_EQ(filled("a: $[[ inputs.l[2].k ]]"), "unknown interpolation provided: `k` in `inputs.l[2].k`");
  EXPECT_EQ(filled("a: $[[ inputs.l[9] ]]"), "array index 9 out of bounds (size: 3) in `inputs.l[9]`");
  EXPECT_EQ(filled("a: $[[ inputs.s[0] ]]"), "cannot index into non-array value at [0] in `inputs.s[0]`");
  EXPECT_EQ(filled("a: $[[ inputs.l[x] ]]"), "invalid array index in `inputs.l[x]`: `x` is not a valid index");
  EXPECT_EQ(filled("a: $[[ inputs.l[0 ]]"), "invalid array index in `inputs.l[0`: missing closing bracket");
  EXPECT_EQ(filled("a: $[[ inputs.l[0]x ]]"), "invalid array index syntax in `inputs.l[0]x`");
  EXPECT_EQ(filled("a: $[[ inputs.a-b[0] ]]"), "invalid array index syntax in `inputs.a-b[0]`");
  EXPECT_EQ(filled("a: $[[ inputs.[0] ]]"), "invalid indexed access without a key in `inputs.[0]`");
  EXPECT_EQ(filled("a: $[[ inputs.l[0][0][0][0][0][0] ]]"),
            "too many array indices in `inputs.l[0][0][0][0][0][0]` (maximum depth: 5)");
  EXPECT_EQ(filled("a: $[[ inputs ]]"), "invalid pattern used for interpolation. valid pattern is $[[ inputs.input ]]");
}

TEST(Interpolate, CallsFunctions) {
  EXPECT_EQ(filled("a: $[[ inputs.s | truncate(1, 2) ]]"), "{\"a\"=>\"ex\"}");
  EXPECT_EQ(filled("a: $[[ inputs.s | truncate(9,2 ]]"), "{\"a\"=>\"\"}");
  EXPECT_EQ(filled("a: $[[ inputs.s | posix_escape ]]", map({{"s", "a b\né'"}})), R"({"a"=>"a\\ b'\n'\\é\\'"})");
  EXPECT_EQ(filled("a: $[[ inputs.s | expand_vars ]]", map({{"s", "$A $B"}}), {{"A", "1"}}), "{\"a\"=>\"1 $B\"}");
  EXPECT_EQ(
      filled("a: $[[ inputs.s | expand_vars ]]", map({{"s", "$M"}}), {{.key = "M", .value = "1", .masked = true}}),
      "error in `expand_vars` function: variable expansion error: masked variables cannot be expanded");
  EXPECT_EQ(filled("a: $[[ inputs.n | truncate(0,1) ]]"),
            "error in `truncate` function: invalid input type: truncate can only be used with string inputs");
  EXPECT_EQ(filled("a: $[[ inputs.s | foo | bar ]]"),
            "no function matching `foo`: check that the function name, arguments, and types are correct\n"
            "no function matching `bar`: check that the function name, arguments, and types are correct");
  EXPECT_EQ(filled("a: $[[ inputs.s | a | b | c | d ]]"), "too many functions in interpolation block");
  EXPECT_EQ(filled("a: $[[ inputs.s | truncate(99999999999999999999,1) ]]"),
            "crash: `truncate(99999999999999999999,1)` fails: the numbers are too large");
}

TEST(Interpolate, KnowsTheComponent) {
  const std::string text = "spec: {component: [name]}\n---\na: $[[ component.name ]]-$[[ component.name ]]\n";
  EXPECT_EQ(printed({text, {}, {}, map({{"name", "c"}, {"sha", "s"}})}), "{\"a\"=>\"c-c\"}");
  EXPECT_EQ(printed({text}), "unknown interpolation provided: `name` in `component.name`");
}

TEST(Interpolate, PointsAtTheBlock) {
  const Answer made =
      answer({"spec: {inputs: {name: {default: a}}}\n---\na: \"\\t $[[ inputs.nmae | truncate(0,1) ]]\"\n"});
  ASSERT_EQ(made.findings.size(), 1U);
  EXPECT_EQ(made.findings[0].code, "WR209");
  EXPECT_EQ(made.findings[0].message, "nothing is known as `nmae` in `inputs.nmae`");
  EXPECT_EQ(made.findings[0].help, "did you mean `name`?");
  EXPECT_EQ(made.places[0], "nmae");
  const Answer function = answer({"spec: {inputs: {name: {default: a}}}\n---\na: $[[ inputs.name | truncat(0,1) ]]\n"});
  EXPECT_EQ(function.places[0], "truncat(0,1)");
  EXPECT_EQ(function.findings[0].help, "write `truncate(OFFSET,LENGTH)`");
}

TEST(Interpolate, SharesWhatIsNotTouched) {
  SourceFiles files;
  const FileId file =
      files.add("a.yml", "spec: {inputs: {x: {default: v}}}\n---\na: {b: [1, 2]}\nc: $[[ inputs.x ]]\n");
  yaml::Tree tree;
  const auto text = yaml::load_ci_text(tree, files, file);
  const auto made = interpolate(tree, files, *text.value, {});
  ASSERT_TRUE(made.value);
  EXPECT_EQ(tree.find(*made.value, "a"), tree.find(text.value->content, "a"));
  EXPECT_EQ(files.text(tree.span(tree.find(*made.value, "c"))), "$[[ inputs.x ]]");
}

TEST(Interpolate, IsBounded) {
  Case asked{"spec: {inputs: {x: {default: v}}}\n---\na: $[[ inputs.x ]] $[[ inputs.x]]\n"};
  asked.options.limits.interpolation_blocks = 1;
  EXPECT_EQ(printed(asked), "too many interpolation blocks");
  asked.options.limits = {.interpolation_node_bytes = 10};
  EXPECT_EQ(printed(asked), "config node too large");
  asked.options.limits = {.interpolation_nodes = 2};
  EXPECT_EQ(printed(asked), "config tree too large");
  asked.options.limits = {.interpolated_bytes = 2};
  EXPECT_EQ(printed(asked), "own: what is put into the content has more than 2 bytes");
}

}  // namespace
}  // namespace willrun::inputs
