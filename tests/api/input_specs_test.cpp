// Inputs as data: a header, and what a form would show of it.
#include <gtest/gtest.h>

#include <willrun/inputs.hpp>

#include "support/load.hpp"

namespace willrun {
namespace {

std::string shown(const Value& value) {
  switch (value.kind()) {
    case ValueKind::null: return "null";
    case ValueKind::boolean: return value.boolean() ? "true" : "false";
    case ValueKind::integer: return std::to_string(value.integer());
    case ValueKind::string: return std::string("'").append(value.text()).append("'");
    default: return std::to_string(value.items().size()) + " items";
  }
}

std::string shown(const std::vector<Value>& values) {
  std::string all;
  for (const Value& value : values) all.append(" ").append(shown(value));
  return all;
}

// `name type[ required][ = default][ of options][ /regex/][ "description"]`, then ` | condition = default of options`
// for each rule; a line an input.
std::string shown(const std::vector<InputSpec>& specs) {
  std::string all;
  for (const InputSpec& spec : specs) {
    all.append(spec.name).append(" ").append(to_string(spec.type));
    if (spec.required) all += " required";
    if (spec.default_value) all.append(" = ").append(shown(*spec.default_value));
    if (!spec.options.empty()) all.append(" of").append(shown(spec.options));
    if (spec.regex) all.append(" /").append(*spec.regex).append("/");
    if (!spec.description.empty()) all.append(" \"").append(spec.description).append("\"");
    for (const InputRule& rule : spec.rules) {
      all.append(" | ").append(rule.condition).append(" = ").append(shown(rule.default_value));
      all.append(rule.options.empty() ? "" : " of").append(shown(rule.options));
    }
    all += "\n";
  }
  return all;
}

std::string specs_of(const std::string& inputs, const std::vector<std::pair<std::string, Value>>& given = {}) {
  const Config config =
      testing_support::load_text("spec:\n  inputs:\n" + inputs + "---\njob:\n  script: $[[ inputs.a ]]\n");
  return shown(input_specs(config, given));
}

TEST(InputSpecs, SaysWhatAFormShows) {
  struct Row {
    std::string inputs;
    std::string printed;
  };
  const Row rows[] = {
      {"    a:\n", "a string required\n"},
      {"    a: {default: }\n", "a string = null\n"},
      {"    a: {default: ''}\n", "a string = ''\n"},
      {"    a: {type: number, default: 2, options: [1, 2]}\n", "a number = 2 of 1 2\n"},
      {"    a: {type: boolean, default: false}\n", "a boolean = false\n"},
      {"    a: {type: array, default: [x, y]}\n", "a array = 2 items\n"},
      {"    a: {regex: '^v\\d+$', description: 'a version'}\n", "a string required /^v\\d+$/ \"a version\"\n"},
      {"    2: {description: 3}\n    a: {default: b}\n", "2 string required \"3\"\na string = 'b'\n"},
      {"    a: {default: x, options: [y]}\n", "a string = 'x' of 'y'\n"},
  };
  for (const Row& row : rows) EXPECT_EQ(specs_of(row.inputs), row.printed) << row.inputs;
}

constexpr const char* kRules = R"(    size: {options: [small, big], default: small}
    a:
      rules:
        - if: $[[ inputs.size ]] == 'big'
          options: [x, y]
          default: x
        - default: z
)";

TEST(InputSpecs, RulesFollowWhatIsGiven) {
  const std::string rules = R"( | $[[ inputs.size ]] == 'big' = 'x' of 'x' 'y' |  = 'z')";
  const std::string size = "size string = 'small' of 'small' 'big'\n";
  EXPECT_EQ(specs_of(kRules), size + "a string = 'z'" + rules + "\n");
  EXPECT_EQ(specs_of(kRules, {{"size", "big"}}), size + "a string = 'x' of 'x' 'y'" + rules + "\n");
  EXPECT_EQ(specs_of(kRules, {{"size", "huge"}, {"nobody", 1}}), size + "a string = 'z'" + rules + "\n");
}

TEST(InputSpecs, NothingWithoutASoundHeader) {
  EXPECT_EQ(shown(input_specs(testing_support::load_text("job:\n  script: make\n"))), "");
  EXPECT_EQ(shown(input_specs(testing_support::load_text("spec: [\n"))), "");
  EXPECT_EQ(specs_of("    a: {type: date}\n"), "");
  EXPECT_EQ(specs_of("    a: {rules: [{options: 1}]}\n"), "a string |  = null\n");
}

}  // namespace
}  // namespace willrun
