// Whole messages: ours with their places, and GitLab's own words.
#include <gtest/gtest.h>

#include "yaml/loading.hpp"

namespace willrun::yaml {
namespace {

struct Row {
  std::string_view text;
  std::string_view ours;
  std::string_view gitlab;
};

TEST(YamlErrors, OursAndGitLabs) {
  for (const Row& row : std::initializer_list<Row>{
           {"a: b: c", "yaml-syntax 1:5-1:6 found a second `:` where a value was expected",
            "(<unknown>): mapping values are not allowed in this context at line 1 column 5"},
           {"job:\n  script: [a\n", "yaml-syntax 3:1-3:1 found the end of the text, expected `,` or `]` in the list",
            "(<unknown>): did not find expected ',' or ']' while parsing a flow sequence at line 2 column 11"},
           {"k: a\nb", "yaml-syntax 2:2-2:2 found the end of the text, expected `:` after the key before it",
            "(<unknown>): could not find expected ':' while scanning a simple key at line 2 column 1"},
           {"a: \"b\" c", "yaml-syntax 1:8-1:9 found `c`, expected a key of this map",
            "(<unknown>): did not find expected key while parsing a block mapping at line 1 column 1"},
           {"é: `x`", "yaml-syntax 1:4-1:5 found a back quote, which cannot start a value",
            "(<unknown>): found character that cannot start any token while scanning for the next token at line 1 "
            "column 4"},
           {"a: *", "yaml-syntax 1:5-1:5 found the end of the text, expected a name of letters, digits, `-` or `_`",
            "(<unknown>): did not find expected alphabetic or numeric character while scanning an alias at line 1 "
            "column 4"},
           {"é: \xFF", "yaml-syntax 1:4-1:5 invalid leading UTF-8 octet",
            "(<unknown>): invalid leading UTF-8 octet at line 1 column 1"},
           {std::string_view("a: \0", 4), "yaml-syntax 1:4-1:5 found a control character",
            "(<unknown>): control characters are not allowed at line 1 column 1"},
           {"é: *x", "yaml-unknown-anchor 1:4-1:6 the alias `*x` has no anchor `&x` before it in this document",
            "An alias referenced an unknown anchor: x"},
           {"a:\n  d: 2020-01-02", "yaml-refused-class 2:6-2:16 found a date without quotes, which GitLab refuses",
            "Tried to load unspecified class: Date"},
           {"a: !ruby/range 1..2", "yaml-refused-class 1:4-1:20 GitLab refuses to load the Ruby class `Range`",
            "Tried to load unspecified class: Range"},
           {"a: !!float b", "yaml-syntax 1:12-1:13 `b` is not a number that GitLab can read", "Invalid YAML syntax"},
       }) {
    for (const YamlReader reader : kReaders) {
      Loading loading(row.text);
      const auto outcome = loading.document(with(reader));
      ASSERT_EQ(outcome.diagnostics.size(), 1U) << row.text;
      EXPECT_EQ(printed(outcome.diagnostics[0], loading.files), std::string(row.ours) + "\n");
      EXPECT_EQ(outcome.diagnostics[0].gitlab_text, row.gitlab);
    }
  }
}

TEST(YamlErrors, TheContextIsALabel) {
  Loading loading("job:\n  script: [a\n");
  const auto outcome = loading.document();
  const auto& labels = outcome.diagnostics.at(0).labels;
  ASSERT_EQ(labels.size(), 1U);
  EXPECT_EQ(labels[0].text, "while parsing a flow sequence");
  EXPECT_EQ(loading.files.text(labels[0].span), "[");
}

TEST(YamlErrors, SyntaxComesBeforeWhatPsychRefuses) {
  for (const YamlReader reader : kReaders) {
    EXPECT_EQ(document_text("a: 2020-01-02\nb: [", reader),
              "error: (<unknown>): did not find expected node content while parsing a flow node at line 3 column 1");
    EXPECT_EQ(document_text("a: *x\nb: 2020-01-02", reader), "error: An alias referenced an unknown anchor: x");
  }
}

TEST(YamlErrors, WhatFollowsTheFirstDocumentIsNotRead) {
  for (const YamlReader reader : kReaders) {
    EXPECT_EQ(document_text("a: 1\n---\nb: [", reader), R"({"a"=>1})");
    EXPECT_EQ(document_text("[a]]", reader), R"(["a"])");
  }
}

TEST(YamlErrors, WhatYamlCppReadsOtherwiseIsLibyamls) {
  for (const std::string_view text : {"! a", "a: !!str", "&a b: 1\n*a : 2",
                                      "\xEF\xBB\xBF"
                                      "a: 1\nb: 2"}) {
    EXPECT_EQ(printed(text, YamlReader::yaml_cpp), printed(text, YamlReader::libyaml));
  }
  Loading loading("! a");
  LoadOptions options;
  loading.document(options);
  EXPECT_TRUE(loading.notes.yaml_cpp_set_aside);
  Loading plain("a: {b: [c]}");
  plain.document(options);
  EXPECT_FALSE(plain.notes.yaml_cpp_set_aside);
}

}  // namespace
}  // namespace willrun::yaml
