// YAML as Ruby writes it. Expected texts are what `to_yaml` of Ruby with Psych 4 and 5 prints.
#include <gtest/gtest.h>

#include "ruby/to_yaml.hpp"

namespace willrun {
namespace {

std::string shown(const Value& value) {
  yaml::Tree tree;
  return ruby::to_yaml(tree, yaml::add_value(tree, value, {}));
}

TEST(ToYaml, ChoosesTheStyleOfTexts) {
  const std::pair<const char*, const char*> rows[] = {
      {"abc", "abc"},       {"", "''"},
      {"y", "\"y\""},       {"on", "'on'"},
      {"~", "\"~\""},       {"1", "'1'"},
      {"0o7", "0o7"},       {"1e3", "1e3"},
      {"0.7.4", "'0.7.4'"}, {"1_000", "'1_000'"},
      {"- x", "\"- x\""},   {"a: b", "'a: b'"},
      {"#c", "\"#c\""},     {"$A", "\"$A\""},
      {"\"q\"", "'\"q\"'"}, {"it's", "it's"},
      {"é", "é"},           {"a,b", "a,b"},
      {":sym", "\":sym\""}, {"trailing ", "'trailing '"},
      {"1:30", "'1:30'"},   {"a\nb", "|-\n  a\n  b"},
      {"=", "\"=\""},       {"2020-01-01", "'2020-01-01'"},
  };
  for (const auto& [text, yaml] : rows)
    EXPECT_EQ(shown(Value(Value::Mapping{{Value("k"), Value(text)}})), "---\nk: " + std::string(yaml) + "\n") << text;
}

TEST(ToYaml, WritesListsAtTheColumnOfTheirKey) {
  const Value list(Value::Sequence{Value("x"), Value(Value::Sequence{Value(1), Value(2.5)})});
  EXPECT_EQ(
      shown(Value(Value::Mapping{{Value("a"), list}, {Value("b"), Value(Value::Mapping())}, {Value("c"), Value()}})),
      "---\na:\n- x\n- - 1\n  - 2.5\nb: {}\nc:\n");
}

TEST(ToYaml, FoldsLongTexts) {
  const std::string text = std::string(100, 'a') + " " + std::string(20, 'b');
  EXPECT_EQ(shown(Value(Value::Sequence{Value(text)})),
            "---\n- " + std::string(100, 'a') + "\n  " + std::string(20, 'b') + "\n");
}

}  // namespace
}  // namespace willrun
