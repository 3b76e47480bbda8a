#include "ruby/print.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace willrun::ruby {
namespace {

TEST(RubyPrint, Floats) {
  EXPECT_EQ(float_text(1), "1.0");
  EXPECT_EQ(float_text(-0.0), "-0.0");
  EXPECT_EQ(float_text(0.0001), "0.0001");
  EXPECT_EQ(float_text(0.00001), "1.0e-05");
  EXPECT_EQ(float_text(1.5e-10), "1.5e-10");
  EXPECT_EQ(float_text(1e14), "100000000000000.0");
  EXPECT_EQ(float_text(1e15), "1.0e+15");
  EXPECT_EQ(float_text(1e16), "1.0e+16");
  EXPECT_EQ(float_text(1e20), "1.0e+20");
  EXPECT_EQ(float_text(1.25e100), "1.25e+100");
  EXPECT_EQ(float_text(0.1 + 0.2), "0.30000000000000004");
  EXPECT_EQ(float_text(5e-324), "5.0e-324");
  EXPECT_EQ(float_text(std::numeric_limits<double>::infinity()), "Infinity");
  EXPECT_EQ(float_text(-std::numeric_limits<double>::infinity()), "-Infinity");
  EXPECT_EQ(float_text(std::nan("")), "NaN");
}

TEST(RubyPrint, Strings) {
  EXPECT_EQ(inspect_string("a\"b\\c"), R"("a\"b\\c")");
  EXPECT_EQ(inspect_string("\n\t\r\f\v\b\a\x1B"), R"("\n\t\r\f\v\b\a\e")");
  EXPECT_EQ(inspect_string(std::string_view("\0\x7F", 2)), R"("\u0000\u007F")");
  EXPECT_EQ(inspect_string("#{x} #$x #@x # #x"), R"("\#{x} \#$x \#@x # #x")");
  EXPECT_EQ(inspect_string("é日😀"), "\"é日😀\"");
  EXPECT_EQ(inspect_string("\u2028\U0010FFFF"), R"("\u2028\u{10FFFF}")");
  EXPECT_EQ(inspect_string("a\xFF"), R"("a\xFF")");
}

TEST(RubyPrint, Symbols) {
  for (const char* plain : {"a", "a1", "a?", "a!", "a=", "A", "_", "é", "[]", "[]=", "==", "<=>", "!", "+@", "$x", "$1",
                            "$~", "@a", "@@a"}) {
    EXPECT_EQ(inspect_symbol(plain), std::string(":") + plain);
  }
  for (const char* quoted : {"", "a b", "1a", "a-b", "a?b", "@", "$", "@1", "a.b", "&&"}) {
    EXPECT_EQ(inspect_symbol(quoted), std::string(":\"") + quoted + "\"");
  }
}

TEST(RubyPrint, Values) {
  const Value map(Value::Mapping{{Value("a"), Value(1)}, {Value::text(ValueKind::symbol, "b"), Value()}});
  EXPECT_EQ(inspect(map), R"({"a"=>1, :b=>nil})");
  EXPECT_EQ(to_s(map), R"({"a"=>1, :b=>nil})");
  EXPECT_EQ(inspect(Value(Value::Sequence{Value("x"), Value(true), Value(2.0)})), R"(["x", true, 2.0])");
  EXPECT_EQ(to_s(Value("x")), "x");
  EXPECT_EQ(to_s(Value()), "");
  EXPECT_EQ(to_s(Value::text(ValueKind::big_integer, "18446744073709551616")), "18446744073709551616");
}

TEST(RubyPrint, KeysAsSymbols) {
  yaml::Tree tree;
  const Value inner(Value::Mapping{{Value("k k"), Value(1)}});
  const yaml::NodeId node = yaml::add_value(tree, Value(Value::Mapping{{Value("a"), inner}, {inner, Value(2)}}), {});
  EXPECT_EQ(inspect(tree, node, Keys::symbols), R"({:a=>{:"k k"=>1}, {"k k"=>1}=>2})");
  EXPECT_EQ(inspect(tree, node), R"({"a"=>{"k k"=>1}, {"k k"=>1}=>2})");
}

}  // namespace
}  // namespace willrun::ruby
