#include "inputs/json.hpp"

#include <gtest/gtest.h>

#include "ruby/print.hpp"

namespace willrun::inputs {
namespace {

std::string print(std::string_view text, const Limits& limits = {}) {
  yaml::Tree tree;
  const auto value = read_json(tree, text, {}, limits);
  return value ? ruby::inspect(tree, *value) : "refused";
}

TEST(Json, IsReadAsOjReadsIt) {
  const struct {
    std::string_view text, value;
  } kCases[] = {
      {"1", "1"},
      {"01", "1"},
      {"+1", "1"},
      {"1.", "1"},
      {"-", "0"},
      {"-.5", "-0.5"},
      {".5", "refused"},
      {"1.e5", "refused"},
      {"1e", "refused"},
      {"1e3", "1000.0"},
      {"1E400", "Infinity"},
      {"-1e-400", "-0.0"},
      {"12345678901234567890", "12345678901234567890"},
      {"0.1234567890123456", "0.1234567890123456"},
      {"0.30000000000000004", "0.30000000000000004e0"},  // a decimal: 17 digits
      {"1000000000000000.0", "0.1e16"},
      {"0.00000000000000000", "0.0"},
      {"1.7976931348623157e308", "0.17976931348623157e309"},
      {"1e99999", "Infinity"},
      {"1e100000", "0.1e100001"},
      {"NaN", "NaN"},
      {"-nan", "NaN"},
      {"nAn", "refused"},
      {"-Infinity", "-Infinity"},
      {"Inf", "refused"},
      {"true", "true"},
      {"True", "refused"},
      {" null\n", "nil"},
      {"/*c*/[1,//d\n2]", "[1, 2]"},
      {"1 // c", "refused"},
      {"1/**/", "refused"},
      {"", "refused"},
      {"[1,]", "refused"},
      {"[,1]", "refused"},
      {"[1 2]", "refused"},
      {"{\"a\":1,\"b\":[],\"a\":{}}", "{\"a\"=>{}, \"b\"=>[]}"},
      {"{a:1}", "refused"},
      {"{\"a\":1,}", "refused"},
      {"\"\\u00e9\\n\\/\"", "\"é\\n/\""},
      {"\"\\ud83d\\ude00\"", "\"😀\""},
      {"\"\\ud83d\\u0041\"", "\"\U0001F441\""},
      {"\"\\ud83d\"", "refused"},
      {"\"\\x\"", "refused"},
      {"\"a\nb\"", "\"a\\nb\""},
      {"\"a", "refused"},
      {"'a'", "refused"},
      {"[1]]", "refused"},
  };
  for (const auto& [text, value] : kCases) EXPECT_EQ(print(text), value) << text;
  EXPECT_EQ(print(std::string_view("1\0x", 3)), "1");
  EXPECT_EQ(print(std::string_view("\0", 1)), "refused");
}

TEST(Json, IsBounded) {
  EXPECT_EQ(print(std::string(1'001, '[') + std::string(1'001, ']')), "refused");
  EXPECT_EQ(print("[[]]", {.json_depth = 1}), "refused");
  EXPECT_EQ(print("[[]]", {.json_depth = 2}), "[[]]");
  EXPECT_EQ(print("1e999999999"), "refused");
}

}  // namespace
}  // namespace willrun::inputs
