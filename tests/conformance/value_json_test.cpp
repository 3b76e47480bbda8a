#include "conformance/value_json.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace willrun::conformance {
namespace {

std::string shown(const Value& value, Keys keys = Keys::typed) { return encode(value, keys).dump(); }

TEST(ValueJson, Scalars) {
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(shown(Value()), "null");
  EXPECT_EQ(shown(Value(1)), "1");
  EXPECT_EQ(shown(Value(1.0)), "1.0");
  EXPECT_EQ(shown(Value(-infinity)), R"({"$float":"-Infinity"})");
  EXPECT_EQ(shown(Value(std::nan(""))), R"({"$float":"NaN"})");
  EXPECT_EQ(shown(Value::text(ValueKind::big_integer, "9223372036854775808")), R"({"$int":"9223372036854775808"})");
  EXPECT_EQ(shown(Value::text(ValueKind::big_decimal, "1.1")), R"({"$bigdecimal":"1.1"})");
  EXPECT_EQ(shown(Value::text(ValueKind::symbol, "a")), R"({"$symbol":"a"})");
  EXPECT_EQ(shown(Value::text(ValueKind::regexp, "(?i)a")), R"({"$regexp":"(?i)a"})");
  EXPECT_EQ(shown(Value("\xff")), R"({"$binary":"/w=="})");
}

TEST(ValueJson, LongTextsAndArraysAreShortened) {
  EXPECT_EQ(shown(Value(std::string(20'001, 'y'))), R"({"$repeat":["y",20001]})");
  EXPECT_EQ(shown(Value(std::string(20'000, 'y'))).size(), 20'002U);
  const Json mixed = encode(Value("x" + std::string(20'000, 'y')));
  EXPECT_EQ(mixed.at("chars"), 20'001);
  EXPECT_EQ(mixed.at("$sha256").get<std::string>().size(), 64U);
  const Value item(Value::Mapping{{Value("a"), Value("b")}});
  EXPECT_EQ(shown(Value(Value::Sequence(3'000, item))),
            R"({"$array_sha256":"355c7c75df6b0d6470eb902b758afb0efc77c871bea805665a42b26a06863d47",)"
            R"("items":3000,"first":{"a":"b"}})");
}

TEST(ValueJson, KeysThatAreNoPlainText) {
  const Value symbol = Value::text(ValueKind::symbol, "s");
  EXPECT_EQ(shown(Value(Value::Mapping{{Value("a"), Value(1)}})), R"({"a":1})");
  EXPECT_EQ(shown(Value(Value::Mapping{{Value(1), Value(1)}})), R"({"$map":[[1,1]]})");
  EXPECT_EQ(shown(Value(Value::Mapping{{Value("$a"), Value(1)}})), R"({"$map":[["$a",1]]})");
  const Value with_symbol(Value::Mapping{{symbol, Value(1)}});
  EXPECT_EQ(shown(with_symbol), R"({"$map":[[{"$symbol":"s"},1]]})");
  EXPECT_EQ(shown(with_symbol, Keys::ci), R"({"s":1})");
  const Value nested(Value::Mapping{{Value(Value::Mapping{{Value("a"), Value("b")}}), Value("c")}});
  EXPECT_EQ(shown(nested), R"({"$map":[[{"a":"b"},"c"]]})");
  EXPECT_EQ(shown(nested, Keys::ci), R"({"$map":[[{"$map":[[{"$string":"a"},"b"]]},"c"]]})");
}

TEST(ValueJson, References) {
  EXPECT_EQ(shown(Value::reference(Value(Value::Sequence{Value("a")}))), R"({"$reference":["a"]})");
  EXPECT_EQ(shown(Value::reference(Value("a"))), R"({"$reference":{"scalar":"a"}})");
  EXPECT_EQ(shown(Value::reference(Value(Value::Mapping{{Value("a"), Value(1)}}))),
            R"({"$reference":{"map":{"a":1}}})");
}

TEST(ValueJson, NumbersKeepTheirKind) {
  const Json json = parse_json(
      "[1, 1.0, 9223372036854775807, 9223372036854775808, -9223372036854775809, 1e2, 123456789012345678901]");
  EXPECT_EQ(json.dump(), R"([1,1.0,9223372036854775807,{"$int":"9223372036854775808"},{"$int":"-9223372036854775809"},)"
                         R"(100.0,{"$int":"123456789012345678901"}])");
  EXPECT_EQ(encode(decode(json)), json);
  EXPECT_EQ(decode(json).items()[3].kind(), ValueKind::big_integer);
  EXPECT_EQ(decode(json).items()[5].kind(), ValueKind::floating);
  EXPECT_THROW(parse_json("{"), Json::exception);
}

}  // namespace
}  // namespace willrun::conformance
