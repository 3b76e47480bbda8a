#include "yaml/scalar_map.hpp"

#include <gtest/gtest.h>

#include <random>

#include "yaml/loading.hpp"

namespace willrun::yaml {
namespace {

// The value of the key `k`, and its map.
struct Mapped {
  Loading loading;
  NodeId node;
  ScalarMap map;

  explicit Mapped(std::string_view text)
      : loading(text), node(value_of(loading)), map(loading.tree, node, loading.files) {}

  static NodeId value_of(Loading& loading) {
    const auto outcome = loading.document(with(YamlReader::libyaml));
    return loading.tree.find(outcome.value.value(), "k");
  }

  // What the file has for a part of the decoded text.
  std::string_view written(std::string_view part) const {
    const std::size_t at = loading.tree.text(node).find(part);
    return loading.files.text(map.span(at, at + part.size()));
  }
};

TEST(ScalarMap, PartsOfTheDecodedText) {
  struct Row {
    std::string_view text;
    std::string_view part;
    std::string_view written;
  };
  for (const Row& row : std::initializer_list<Row>{
           {"k: $A == $B", "$B", "$B"},
           {"k: :sym", "ym", "ym"},
           {"k: 'it''s $B'", "$B", "$B"},
           {"k: 'it''s $B'", "t's", "t''s"},
           {"k: \"a\\tb \\u00e9 $B\"", "\t", "\\t"},
           {"k: \"a\\tb \\u00e9 $B\"", "é", "\\u00e9"},
           {"k: \"a\\tb \\u00e9 $B\"", "$B", "$B"},
           {"k: \"\\U0001F600\\N\\x41z\"", "z", "z"},
           {"k: $A\n  || $B\n\n  && $C", "|| $B", "|| $B"},
           {"k: $A\n  || $B\n\n  && $C", "$A ||", "$A\n  ||"},
           {"k: $A\n  || $B\n\n  && $C", "$C", "$C"},
           {"k: \"a \\\n   b\\\n\n   c\"", "b", "b"},
           {"k: \"a \\\n   b\\\n\n   c\"", "c", "c"},
           {"k: \"a\n\n  \\n b\"", "b", "b"},
           {"k: 'a  \n\n\n  b'", "b", "b"},
           {"k: |\n  one\n   two\n\n  three\n", " two", " two"},
           {"k: |\n  one\n   two\n\n  three\n", "three", "three"},
           {"k: |2\n   one\n  two\n", " one", " one"},
           {"k: |2\n   one\n  two\n", "two", "two"},
           {"k: |+\n\n\n  one\n\n", "one", "one"},
           {"k: >-\n  $A\n  || $B\n\n  $C\n    more\n  $D\n", "|| $B", "|| $B"},
           {"k: >-\n  $A\n  || $B\n\n  $C\n    more\n  $D\n", "$C", "$C"},
           {"k: >-\n  $A\n  || $B\n\n  $C\n    more\n  $D\n", "  more", "  more"},
           {"k: >-\n  $A\n  || $B\n\n  $C\n    more\n  $D\n", "$D", "$D"},
           {"k: >\n\n  a\n\n\n  b\r\n  c\n", "b", "b"},
           {"k: >\n\n  a\n\n\n  b\r\n  c\n", "c", "c"},
           {"k: >\n  a\n   x\n\n   y\n\n  b\n", "y", "y"},
           {"k: >\n  a\n   x\n\n   y\n\n  b\n", "b", "b"},
           {"k: !!str |\n  a\n  b\n", "b", "b"},
       }) {
    EXPECT_EQ(Mapped(row.text).written(row.part), row.written) << row.text;
  }
}

TEST(ScalarMap, EndsAndEmptyTexts) {
  const Mapped quoted("k: 'ab'");
  EXPECT_EQ(quoted.map.file_offset(2), 6U);
  EXPECT_EQ(quoted.map.file_offset(99), 6U);
  const Mapped block("k: |\n  ab\n");
  EXPECT_EQ(block.map.file_offset(2), 9U);
  const Mapped empty("k: ''");
  EXPECT_EQ(empty.map.file_offset(0), 3U);
  EXPECT_EQ(empty.map.span(0, 0), (Span{empty.loading.file, 3, 5}));
}

TEST(ScalarMap, WhatNoRuleExplainsIsOnePlace) {
  const Mapped binary("k: !!binary aGVsbG8=");
  EXPECT_EQ(binary.loading.files.text(binary.map.span(1, 2)), "aGVsbG8=");
}

// Letters are never folded or escaped here, so each must map to itself.
TEST(ScalarMap, EveryLetterOfRandomScalarsMapsToItself) {
  std::mt19937 random(7);
  const std::vector<std::string> pieces = {"a", "b",   "c ",    " d", "\n  ",   "\n\n  ", "\n   ",
                                           "é", "\\n", "\\x41", "''", "\\\n  ", "  \n  "};
  const std::vector<std::pair<std::string, std::string>> frames = {{"k: ", "\n"},       {"k: '", "'\n"},
                                                                   {"k: \"", "\"\n"},   {"k: |\n  ", "\n"},
                                                                   {"k: >-\n  ", "\n"}, {"k: >+\n  ", "\n\n"}};
  int checked = 0;
  for (int round = 0; round < 20'000; ++round) {
    const auto& [open, close] = frames[random() % frames.size()];
    std::string text = open;
    for (int n = static_cast<int>(random() % 8); n >= 0; --n) text += pieces[random() % pieces.size()];
    Loading loading(text + close);
    const auto outcome = loading.document(with(YamlReader::libyaml));
    const NodeId node =
        outcome && loading.tree.is_mapping(*outcome.value) ? loading.tree.find(*outcome.value, "k") : kNoNode;
    if (node == kNoNode || !loading.tree.is_string(node)) continue;
    const ScalarMap map(loading.tree, node, loading.files);
    const std::string_view value = loading.tree.text(node);
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (value[i] < 'a' || value[i] > 'd') continue;
      ++checked;
      ASSERT_EQ(loading.files.text(map.span(i, i + 1)), value.substr(i, 1)) << text << close << " at " << i;
    }
  }
  EXPECT_GT(checked, 10'000);
}

}  // namespace
}  // namespace willrun::yaml
