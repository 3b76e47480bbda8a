// What a text is to GitLab, printed as Ruby prints it; each row with both readers.
#include <gtest/gtest.h>

#include "yaml/loading.hpp"

namespace willrun::yaml {
namespace {

struct Row {
  std::string_view text;
  std::string_view value;
};

void expect_documents(std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    for (const YamlReader reader : kReaders) EXPECT_EQ(document_text(row.text, reader), row.value) << row.text;
  }
}

TEST(YamlValues, Words) {
  expect_documents({
      {"", "nil"},
      {"~", "nil"},
      {"NuLL", "nil"},
      {"nil", "\"nil\""},
      {"# c", "nil"},
      {"yEs", "true"},
      {"on", "true"},
      {"TRUE", "true"},
      {"oFF", "false"},
      {"no", "false"},
      {"y", "\"y\""},
      {"N", "\"N\""},
      {"falsely", "\"falsely\""},
      {"ye\xC5\xBF", "true"},      // U+017F folds to s
      {"o\xEF\xAC\x80", "false"},  // U+FB00 folds to ff
      {"no\n\nno", "false"},       // words are looked for line by line
      {"on\n\nno", "true"},
      {"on\n\nx", "\"on\\nx\""},
  });
}

TEST(YamlValues, Integers) {
  expect_documents({
      {"42", "42"},
      {"+7", "7"},
      {"-0", "0"},
      {"0644", "420"},
      {"0o644", "\"0o644\""},
      {"09", "\"09\""},
      {"0b110", "6"},
      {"0B1", "\"0B1\""},
      {"-0x1f", "-31"},
      {"0X1F", "\"0X1F\""},
      {"1_000", "1000"},
      {"1__0", "\"1__0\""},
      {"1_", "\"1_\""},
      {"1,00", "100"},
      {"1,_0", "\"1,_0\""},
      {"0_", "\"0_\""},
      {"0_17", "15"},
      {"0x_", "\"0x_\""},
      {"0b_1", "1"},
      {"[1,000]", "[1, 0]"},
      {"9223372036854775807", "9223372036854775807"},
      {"9223372036854775808", "9223372036854775808"},
      {"-9,223,372,036,854,775,809", "-9223372036854775809"},
      {"0x1_0000_0000_0000_0000", "18446744073709551616"},
      {"000777777777777777777777", "9223372036854775807"},
  });
}

TEST(YamlValues, Floats) {
  expect_documents({
      {".5", "0.5"},
      {"1.", "1.0"},
      {"-.5e+3", "-500.0"},
      {"1e3", "\"1e3\""},
      {"1.0e3", "\"1.0e3\""},
      {"1,000.5", "1000.5"},
      {"1_.0", "1.0"},
      {"1.0_1", "\"1.0_1\""},
      {".", "\".\""},
      {"-.", "\"-.\""},
      {".INF", "Infinity"},
      {"-.Inf", "-Infinity"},
      {"+.inf", "Infinity"},
      {".nan", "NaN"},
      {"+.nan", "\"+.nan\""},
      {"1.0e+400", "Infinity"},
      {"1.0e-400", "0.0"},
      {"1.e-3", "0.001"},
      {".e+3", "error: Invalid YAML syntax"},
      {"100000000000000000000.0", "1.0e+20"},
  });
}

TEST(YamlValues, Base60) {
  expect_documents({
      {"1:30", "5400"},
      {"-1:30", "-1800"},
      {"-0:30", "1800"},
      {"1:2:3", "3723"},
      {"1:60", "\"1:60\""},
      {"1:2:3:4", "\"1:2:3:4\""},
      {"1:030", "\"1:030\""},
      {"1_0:30", "37800"},
      {"1:30.5", "5430.0"},
      {"-1:30.5", "-1770.0"},
      {"1:30._5", "5400.0"},
      {"1__0:30", "5400"},
      {"99999999999999999999:30", "359999999999999999998200"},
      {"-99999999999999999999:59:1", "-359999999999999999992859"},
  });
}

TEST(YamlValues, DatesAndTimesAreRefused) {
  for (const std::string_view text : {"2020-01-02", "2020-1-2", "2020-02-31", "2020-0-0"}) {
    expect_documents({{text, "error: Tried to load unspecified class: Date"}});
  }
  for (const std::string_view text : {"2020-01-02 3:04:05", "2020-01-02T03:04:05Z", "2020-01-02 3:04:05.6 -530",
                                      "-2020-01-02t03:04:05 +1:", "2020-99-99 99:99:99"}) {
    expect_documents({{text, "error: Tried to load unspecified class: Time"}});
  }
  expect_documents({
      {"2020-13-01", "\"2020-13-01\""},
      {"2020-01-32", "\"2020-01-32\""},
      {"2020-01", "\"2020-01\""},
      {"'2020-01-02'", "\"2020-01-02\""},
      {"2020-01-02 3:04", "\"2020-01-02 3:04\""},
      {"2020-01-02t03:04:05z", "\"2020-01-02t03:04:05z\""},
      {"!!str 2020-01-02", "\"2020-01-02\""},
  });
}

TEST(YamlValues, Symbols) {
  expect_documents({
      {":a", ":a"},
      {"::a", ":\":a\""},
      {"- :\"a b\"", "[:\"a b\"]"},
      {"- :'a'x", "[:a]"},
      {"- :\":a\"", "[:a]"},
      {"- :\"open", "[:\"\\\"open\"]"},
      {"':a'", "\":a\""},
      {"k: :\"\"", "{\"k\"=>:\"\"}"},
      {":a: 1", "{:a=>1}"},
  });
}

TEST(YamlValues, Tags) {
  expect_documents({
      {"!!str 1", "\"1\""},
      {"!!str", "\"\""},
      {"!str yes", "\"yes\""},
      {"!!int '3'", "3"},
      {"!!int a", "\"a\""},
      {"! 1", "1"},
      {"! '1'", "1"},
      {"!!float 1e3", "1000.0"},
      {"!!float 0x1p3", "8.0"},
      {"!!float", "crash"},
      {"!!float yes", "crash"},
      {"!!bool 'no'", "false"},
      {"!!float x", "error: Invalid YAML syntax"},
      {"!!binary YWJj", "\"abc\""},
      {"!unknown [a]", "[\"a\"]"},
      {"!!omap [a: 1, b: 2]", "{\"a\"=>1, \"b\"=>2}"},
      {"!!omap [[a, 1], {b: 2, c: 3}]", "{\"a\"=>1, \"b\"=>3}"},
      {"!!omap [a]", "crash"},
      {"!!str {str: x}", "\"x\""},
      {"!!str {a: 1}", "crash"},
      {"!!str {}", "nil"},
      {"!ruby/sym a", ":a"},
      {"!ruby/class", "nil"},
      {"!map: {a: 1}", "crash"},
      {"!!set {a}", "error: Tried to load unspecified class: Psych::Set"},
      {"!ruby/object:Gem::X {a: 1}", "error: Tried to load unspecified class: Gem::X"},
      {"!ruby/regexp /a/", "error: Tried to load unspecified class: Regexp"},
      {"!str:X a", "error: Tried to load unspecified class: X"},
      {"!ruby/object:Hash {a: 1}", "{\"a\"=>1}"},
      {"!ruby/exception:E {a: 2020-01-02}", "error: Tried to load unspecified class: Date"},
      {"%TAG !e! tag:yaml.org,2002:\n--- !e!str 1\n", "\"1\""},
  });
}

TEST(YamlValues, Merges) {
  constexpr std::string_view kBase = "b: &b {x: 1, y: 2}\no: &o {y: 3, z: 4}\nm: ";
  const auto expect = [&](std::string_view text, std::string_view value) {
    const std::string whole = std::string(kBase).append(text);
    std::string wanted = "{\"b\"=>{\"x\"=>1, \"y\"=>2}, \"o\"=>{\"y\"=>3, \"z\"=>4}, \"m\"=>";
    wanted.append(value).append("}");
    for (const YamlReader reader : kReaders) EXPECT_EQ(document_text(whole, reader), wanted);
  };
  expect("{<<: *b}", R"({"x"=>1, "y"=>2})");
  expect("{y: 9, <<: *b}", R"({"y"=>2, "x"=>1})");
  expect("{<<: *b, y: 9}", R"({"x"=>1, "y"=>9})");
  expect("{<<: [*b, *o]}", R"({"y"=>2, "z"=>4, "x"=>1})");
  expect("{<<: *b, '<<': *o}", R"({"x"=>1, "y"=>3, "z"=>4})");
  expect("{!!str <<: *b}", R"({"<<"=>{"x"=>1, "y"=>2}})");
  expect("{<<: text, a: 1}", R"({"<<"=>"text", "a"=>1})");
  expect("{<<: [*b, 1]}", R"({"<<"=>[{"x"=>1, "y"=>2}, 1]})");
  expect("{<<: []}", "{}");
  expect("{<<: !!omap [a: 1]}", R"({"<<"=>{"a"=>1}})");
  expect("&m {a: 1, <<: *m}", R"({"a"=>1})");
  expect("&m {a: 1, c: {<<: *m}}", R"({"a"=>1, "c"=>{"a"=>1}})");
  for (const YamlReader reader : kReaders) {
    EXPECT_EQ(document_text("a: {<<: !reference [x]}", reader), "crash");
    EXPECT_EQ(document_text("a: {<<: !reference x}", reader), R"({"a"=>{"<<"=>!reference "x"}})");
  }
}

TEST(YamlValues, Keys) {
  expect_documents({
      {"a: 1\nb: 2\na: 3", R"({"a"=>3, "b"=>2})"},
      {"a: 1\n:a: 2", R"({"a"=>1, :a=>2})"},
      {"1: a\n0b1: b\n1.0: c", R"({1=>"b", 1.0=>"c"})"},
      {"0.0: a\n-0.0: b", R"({0.0=>"b"})"},
      {".nan: a\n.NaN: b", R"({NaN=>"b"})"},
      {"[a, {b: 1}]: x\n[a, {b: 1}]: y", R"({["a", {"b"=>1}]=>"y"})"},
      {"{a: 1, b: 2}: x\n{b: 2, a: 1}: y", R"({{"a"=>1, "b"=>2}=>"y"})"},
      {"on: x\nyes: y", R"({true=>"y"})"},
      {"&k a: 1\n*k : 2", R"({"a"=>2})"},
  });
}

TEST(YamlValues, ManyKeysAreHashed) {
  std::string text;
  for (int i = 0; i < 40'000; ++i)
    text.append("k").append(std::to_string(i % 20'000)).append(": ").append(std::to_string(i)).append("\n");
  Loading loading(text);
  const auto outcome = loading.document();
  ASSERT_TRUE(outcome);
  const auto entries = loading.tree.entries(*outcome.value);
  ASSERT_EQ(entries.size(), 20'000U);
  EXPECT_EQ(loading.tree.text(entries[7].key), "k7");
  EXPECT_EQ(loading.tree[entries[7].value].integer, 20'007);
}

TEST(YamlValues, AnchorsAndReferences) {
  expect_documents({
      {"a: &x 1\nb: &x 2\nc: *x", R"({"a"=>1, "b"=>2, "c"=>2})"},
      {"a: *x", "error: An alias referenced an unknown anchor: x"},
      {"a: &r !reference [x]\nb: *r", "error: An alias referenced an unknown anchor: r"},
      {"a: &r !reference x\nb: *r", R"({"a"=>!reference "x", "b"=>!reference "x"})"},
      {"a: &r !reference {k: v}\nb: *r", R"({"a"=>!reference {"k"=>"v"}, "b"=>!reference {"k"=>"v"}})"},
      {"a: &a [*a]", "error: The parsed YAML is too big"},
      {"a: &r !reference {k: *r}", "error: The parsed YAML is too big"},
      {"- !reference\n  - a\n  - b\n", R"([!reference ["a", "b"]])"},
  });
}

TEST(YamlValues, AnAliasIsItsAnchorsNode) {
  for (const YamlReader reader : kReaders) {
    Loading loading("a: &x [1]\nb: *x\n");
    const auto outcome = loading.document(with(reader));
    const auto entries = loading.tree.entries(outcome.value.value());
    EXPECT_EQ(entries[0].value, entries[1].value);
  }
}

TEST(YamlValues, TextsPointIntoTheFile) {
  for (const YamlReader reader : kReaders) {
    Loading loading("a: plain text\nb: 'single'\nc: \"double\"\nd: \"esc\\n\"\ne: 1.5\n");
    const auto outcome = loading.document(with(reader));
    const std::string_view text = loading.files.text(loading.file);
    for (const char* key : {"a", "b", "c", "d", "e"}) {
      const std::string_view value = loading.tree.text(loading.tree.find(*outcome.value, key));
      const bool is_slice = value.data() >= text.data() && value.data() < text.data() + text.size();
      EXPECT_EQ(is_slice, *key != 'd') << key;
    }
  }
}

}  // namespace
}  // namespace willrun::yaml
