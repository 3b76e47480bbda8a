// Where nodes stand, to the byte; each text with both readers.
#include <gtest/gtest.h>

#include "yaml/loading.hpp"

namespace willrun::yaml {
namespace {

void expect_printed(std::string_view text, std::string_view tree) {
  for (const YamlReader reader : kReaders) EXPECT_EQ(printed(text, reader), tree) << text;
}

TEST(YamlSpans, Scalars) {
  expect_printed("a: 1\nb: \"x y\"\nc: |\n  t\n   u  \n\nd: >-\n  é f\n",
                 R"(mapping 1:1-8:6
  string 1:1-1:2 "a"
  = integer 1:4-1:5 1
  string 2:1-2:2 "b"
  = string 2:4-2:9 "x y"
  string 3:1-3:2 "c"
  = string 3:4-5:7 "t\n u  \n"
  string 7:1-7:2 "d"
  = string 7:4-8:6 "é f"
)");
  expect_printed("|\n",
                 R"(string 1:1-1:2 ""
)");
  expect_printed("a: |2-\n\nb: > # c\n",
                 R"(mapping 1:1-3:5
  string 1:1-1:2 "a"
  = string 1:4-1:7 ""
  string 3:1-3:2 "b"
  = string 3:4-3:5 ""
)");
  expect_printed("# c\n\n--- # d\n  a: x\n   y  \n\n# e\n",
                 R"(mapping 4:3-5:5
  string 4:3-4:4 "a"
  = string 4:6-5:5 "x y"
)");
}

TEST(YamlSpans, Collections) {
  expect_printed("é: [a, {b: c}, \"d\"]\nf:\n- x\n-\n- - y\n",
                 R"(mapping 1:1-5:6
  string 1:1-1:2 "é"
  = sequence 1:4-1:20
    string 1:5-1:6 "a"
    mapping 1:8-1:14
      string 1:9-1:10 "b"
      = string 1:12-1:13 "c"
    string 1:16-1:19 "d"
  string 2:1-2:2 "f"
  = sequence 3:1-5:6
    string 3:3-3:4 "x"
    null 4:2-4:2
    sequence 5:3-5:6
      string 5:5-5:6 "y"
)");
  expect_printed("[a: 1, {b, c: }, ]",
                 R"(sequence 1:1-1:19
  mapping 1:2-1:6
    string 1:2-1:3 "a"
    = integer 1:5-1:6 1
  mapping 1:8-1:16
    string 1:9-1:10 "b"
    = null 1:10-1:10
    string 1:12-1:13 "c"
    = null 1:14-1:14
)");
}

TEST(YamlSpans, TagsAndAnchorsStandOutside) {
  expect_printed("? a # c\n: b\n? d\nc:\ng: &x !!str\nh: !!str &y z\ni: &q\n  j: 1\nk: !t\n- l\n",
                 R"(mapping 1:1-10:4
  string 1:3-1:4 "a"
  = string 2:3-2:4 "b"
  string 3:3-3:4 "d"
  = null 3:4-3:4
  string 4:1-4:2 "c"
  = null 4:3-4:3
  string 5:1-5:2 "g"
  = string 5:12-5:12 ""
  string 6:1-6:2 "h"
  = string 6:13-6:14 "z"
  string 7:1-7:2 "i"
  = mapping 8:3-8:7
    string 8:3-8:4 "j"
    = integer 8:6-8:7 1
  string 9:1-9:2 "k"
  = sequence 10:1-10:4
    string 10:3-10:4 "l"
)");
  expect_printed("a: &x {b: 1} # c\nr: !reference [a, b]\n*x : 2",
                 R"(mapping 1:1-3:7
  string 1:1-1:2 "a"
  = mapping 1:7-1:13
    string 1:8-1:9 "b"
    = integer 1:11-1:12 1
  string 2:1-2:2 "r"
  = reference 2:4-2:21
    sequence 2:15-2:21
      string 2:16-2:17 "a"
      string 2:19-2:20 "b"
  mapping 1:7-1:13
    string 1:8-1:9 "b"
    = integer 1:11-1:12 1
  = integer 3:6-3:7 2
)");
}

TEST(YamlSpans, CharactersAndLineBreaksOfEveryKind) {
  for (const YamlReader reader : kReaders) {
    Loading loading("# é\r\n\"日本\":\xC2\x85  - '😀'\r\n  - x\n");
    const auto outcome = loading.document(with(reader));
    ASSERT_TRUE(outcome) << outcome.diagnostics.at(0).gitlab_text;
    const Entry pair = loading.tree.entries(*outcome.value)[0];
    EXPECT_EQ(loading.files.text(loading.tree.span(pair.key)), "\"日本\"");
    const auto items = loading.tree.items(pair.value);
    EXPECT_EQ(loading.files.text(loading.tree.span(items[0])), "'😀'");
    EXPECT_EQ(loading.files.text(loading.tree.span(items[1])), "x");
  }
}

}  // namespace
}  // namespace willrun::yaml
