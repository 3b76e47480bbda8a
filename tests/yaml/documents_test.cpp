// The CI loader: the split, headers, blank documents, keys.
#include <gtest/gtest.h>

#include "yaml/loading.hpp"
#include "yaml/split.hpp"

namespace willrun::yaml {
namespace {

std::vector<std::string> parts_of(std::string_view text, bool byte_order_mark = false) {
  std::vector<std::string> parts;
  for (const Part& part : split_documents(text, byte_order_mark)) {
    parts.emplace_back(text.substr(part.begin, part.end - part.begin));
  }
  return parts;
}

TEST(YamlSplit, FollowsTheTextNotTheYaml) {
  using Parts = std::vector<std::string>;
  EXPECT_EQ(parts_of(""), Parts{""});
  EXPECT_EQ(parts_of("a\n---\nb"), (Parts{"a\n", "b"}));
  EXPECT_EQ(parts_of("--- a\n"), Parts{"a\n"});
  EXPECT_EQ(parts_of("a\n---\n\n  \nb"), (Parts{"a\n", "b"}));
  EXPECT_EQ(parts_of("a\n--- \t\r\n"), (Parts{"a\n", ""}));
  EXPECT_EQ(parts_of("a\n----\n ---\nb --- c\n---"), Parts{"a\n----\n ---\nb --- c\n---"});
  EXPECT_EQ(parts_of("---\n---\n---\n---\n"), (Parts{"", "---\n---\n"}));
  EXPECT_EQ(parts_of("a\n---\nb\n---\nc\n---\nd"), (Parts{"a\n", "b\n", "c\n---\nd"}));
  EXPECT_EQ(parts_of("--- --- a"), Parts{"--- a"});
  EXPECT_EQ(parts_of("---\na", true), Parts{"---\na"});
}

struct Row {
  std::string_view text;
  std::string_view value;
};

TEST(YamlDocuments, HeaderAndContent) {
  for (const Row& row : std::initializer_list<Row>{
           {"", "{}"},
           {"spec: {}\n---\na: 1", R"(header {"spec"=>{}} content {"a"=>1})"},
           {":spec: 1\n---\na: 1", R"(header {:spec=>1} content {"a"=>1})"},
           {"spec: {}\n---\na: 1\n---\nb: 2", R"(header {"spec"=>{}} content {"b"=>2})"},
           {"spec: {}\n---\n", R"({"spec"=>{}})"},
           {"a: 1\n---\nb: 2", R"({"a"=>1})"},
           {"no\n---\nb: 2", R"({"b"=>2})"},
           {"\" \xC2\xA0\"\n---\nb: 2", R"({"b"=>2})"},
           {"[1]", "error: Invalid configuration format"},
           {"a: 1\n---\ntext", "error: Invalid configuration format"},
           {"a: 1\n---\nb: 'x\n--- y'\n",
            "error: (<unknown>): found unexpected end of stream while scanning a quoted scalar at line 1 column 4"},
           {"a: &x 1\n---\nb: *x", "error: An alias referenced an unknown anchor: x"},
           {"a: 1\nb: \xFF", "crash"},
           {"a: 1\n:a: 2\nc:\n  x: 1\n  ':y': 2\n  :x: 3", R"({"a"=>2, "c"=>{"x"=>3, ":y"=>2}})"},
           {"? a: 1\n  :a: 2\n: :a: 1\n", R"({{"a"=>1, :a=>2}=>{:a=>1}})"},
       }) {
    for (const YamlReader reader : kReaders) EXPECT_EQ(ci_text(row.text, reader), row.value) << row.text;
  }
}

TEST(YamlDocuments, ErrorsOfSyntaxInAnyPartComeBeforeSize) {
  const std::string deep = "a: " + std::string(200, '[') + std::string(200, ']') + "\n---\nb: [";
  for (const YamlReader reader : kReaders) {
    EXPECT_EQ(ci_text(deep, reader),
              "error: (<unknown>): did not find expected node content while parsing a flow node at line 2 column 1");
  }
}

TEST(YamlDocuments, AByteOrderMarkMovesTheFirstLine) {
  for (const YamlReader reader : kReaders) {
    EXPECT_EQ(document_text("\xEF\xBB\xBF"
                            "a: 1\n",
                            reader),
              R"({"a"=>1})");
    EXPECT_EQ(document_text("\xEF\xBB\xBF"
                            "a: 1\nb: 2\n",
                            reader),
              R"({"a"=>1})");
    EXPECT_EQ(document_text("\xEF\xBB\xBF---\na: 1\n", reader),
              "error: (<unknown>): mapping values are not allowed in this context at line 2 column 2");
  }
}

TEST(YamlDocuments, PlacesCountFromTheStartOfTheFile) {
  for (const YamlReader reader : kReaders) {
    Loading loading("spec: {}\n---\na:\n  b: \"x\n");
    const auto outcome = loading.ci(with(reader));
    ASSERT_EQ(outcome.diagnostics.size(), 1U);
    EXPECT_EQ(printed(outcome.diagnostics[0], loading.files), "yaml-syntax 5:1-5:1 the text ends inside quotes\n");
    EXPECT_EQ(outcome.diagnostics[0].gitlab_text,
              "(<unknown>): found unexpected end of stream while scanning a quoted scalar at line 2 column 6");
  }
}

}  // namespace
}  // namespace willrun::yaml
