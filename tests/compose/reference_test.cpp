#include "compose/reference.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ruby/print.hpp"
#include "yaml/load.hpp"

namespace willrun::compose {
namespace {

struct Loaded {
  SourceFiles files;
  yaml::Tree tree;
  yaml::NodeId root{};

  explicit Loaded(std::string_view text) {
    LoadOptions options;
    options.yaml_reader = YamlReader::libyaml;
    const FileId file = files.add("a.yml", std::string(text));
    root = yaml::load_ci_text(tree, files, file, options).value.value().content;
  }
};

// What becomes of the key `r`, or the error.
std::string resolved(std::string_view text) {
  Loaded loaded(text);
  const auto outcome = resolve_references(loaded.tree, loaded.root);
  if (!outcome) return outcome.diagnostics.at(0).gitlab_text;
  return ruby::inspect(loaded.tree, loaded.tree.find(*outcome.value, "r"));
}

TEST(Reference, TakesWhatItsPathNames) {
  EXPECT_EQ(resolved("a: {b: [1, 2]}\nr: !reference [a, b]"), "[1, 2]");
  EXPECT_EQ(resolved("a: {b: [1, 2]}\nr: [!reference [a, b], 3]"), "[[1, 2], 3]");
  EXPECT_EQ(resolved("a: !reference [c]\nc: {d: x}\nr: {k: !reference [a]}"), R"({"k"=>{"d"=>"x"}})");
  EXPECT_EQ(resolved(":a: 1\nr: !reference [a]"), "1");
  EXPECT_EQ(resolved("a: ''\nr: !reference [a]"), "\"\"");
  EXPECT_EQ(resolved("a: {x: 1, y: 2}\nr: {y: !reference [r, x], x: 5}"), R"({"y"=>5, "x"=>5})");
  EXPECT_EQ(resolved("r: {!reference [a]: 1}"), R"({!reference ["a"]=>1})");
}

TEST(Reference, ErrorsAreGitLabs) {
  EXPECT_EQ(resolved("r: !reference [a]"), R"(!reference ["a"] could not be found)");
  EXPECT_EQ(resolved("a: ~\nr: !reference [a]"), R"(!reference ["a"] could not be found)");
  EXPECT_EQ(resolved("a: no\nr: !reference [a]"), R"(!reference ["a"] could not be found)");
  EXPECT_EQ(resolved("a: [1]\nr: !reference [a, b]"), R"(!reference ["a", "b"] could not be found)");
  EXPECT_EQ(resolved("a: !reference [b]\nb: {x: 1}\nr: !reference [a, x]"),
            R"(!reference ["a", "x"] could not be found)");
  EXPECT_EQ(resolved("r: !reference []"), "!reference [] is not valid");
  EXPECT_EQ(resolved("r: !reference x"), R"(!reference "x" is not valid)");
  EXPECT_EQ(resolved("r: !reference {a: 1}"), R"(!reference {"a"=>1} is not valid)");
  EXPECT_EQ(resolved("r: !reference [a, 1]"), R"(!reference ["a", 1] is not valid)");
  EXPECT_EQ(resolved("a: !reference [b]\nb: !reference [a]\nr: 1"), R"(!reference ["b"] is part of a circular chain)");
  EXPECT_EQ(resolved("r: {x: !reference [r]}"), R"(!reference ["r"] is part of a circular chain)");
}

TEST(Reference, AnErrorPointsAtItsReferenceAndSuggests) {
  Loaded loaded(".setup: {script: [a]}\nr: !reference [.setup, scripts]\n");
  const auto outcome = resolve_references(loaded.tree, loaded.root);
  const Diagnostic& error = outcome.diagnostics.at(0);
  EXPECT_EQ(loaded.files.text(error.span), "!reference [.setup, scripts]");
  EXPECT_EQ(error.message, R"(nothing stands at [".setup", "scripts"])");
  EXPECT_EQ(error.help, "did you mean `script`?");
}

TEST(Reference, SharesWhatDoesNotChange) {
  Loaded loaded("a: {b: [1]}\nr: !reference [a, b]\n");
  const auto outcome = resolve_references(loaded.tree, loaded.root);
  const yaml::NodeId before = loaded.tree.find(loaded.root, "a");
  EXPECT_EQ(loaded.tree.find(*outcome.value, "a"), before);
  EXPECT_EQ(loaded.tree.find(*outcome.value, "r"), loaded.tree.find(before, "b"));
  Loaded plain("a: 1\n");
  EXPECT_EQ(*resolve_references(plain.tree, plain.root).value, plain.root);
}

TEST(Reference, UnfoldingIsBounded) {
  std::string text = "a0: [1, 1]\n";
  for (int i = 1; i < 40; ++i) {
    text += fmt::format("a{0}: [!reference [a{1}], !reference [a{1}]]\n", i, i - 1);
  }
  Loaded loaded(text);
  const auto outcome = resolve_references(loaded.tree, loaded.root);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.diagnostics[0].name, "yaml-too-big");
  std::string chain = "a0: 1\n";
  for (int i = 1; i < 5'000; ++i) chain.insert(0, fmt::format("a{}: !reference [a{}]\n", i, i - 1));
  Loaded deep(chain);
  EXPECT_EQ(resolve_references(deep.tree, deep.root).diagnostics.at(0).name, "yaml-too-big");
}

}  // namespace
}  // namespace willrun::compose
