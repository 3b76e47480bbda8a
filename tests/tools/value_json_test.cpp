#include "common/value_json.hpp"

#include <limits>

namespace willrun::tools {
namespace {

TEST(ValueJson, TagsWhatJsonCannotSay) {
  const auto text = [](ValueKind kind, const char* content) { return json_text(Value::text(kind, content)); };
  EXPECT_EQ(json_text(Value()), "null");
  EXPECT_EQ(json_text("a\"b"), R"("a\"b")");
  EXPECT_EQ(json_text(1), "1");
  EXPECT_EQ(json_text(1.0), "1.0");
  EXPECT_EQ(json_text(std::numeric_limits<double>::infinity()), R"({"$float":"Infinity"})");
  EXPECT_EQ(json_text(-std::numeric_limits<double>::infinity()), R"({"$float":"-Infinity"})");
  EXPECT_EQ(json_text(std::numeric_limits<double>::quiet_NaN()), R"({"$float":"NaN"})");
  EXPECT_EQ(text(ValueKind::regexp, "(?i)a"), R"({"$regexp":"(?i)a"})");
  EXPECT_EQ(text(ValueKind::symbol, "a"), R"({"$symbol":"a"})");
  EXPECT_EQ(text(ValueKind::big_integer, "99999999999999999999"), R"({"$int":"99999999999999999999"})");
  EXPECT_EQ(json_text(Value::Sequence{1, "a"}), R"([1,"a"])");
  EXPECT_EQ(json_text(Value::Mapping{{"b", 1}, {"a", true}}), R"({"b":1,"a":true})");
  EXPECT_EQ(json_text(Value::Mapping{{1, 2}}), R"({"$map":[[1,2]]})");
  EXPECT_EQ(json_text(Value::Mapping{{"$a", 2}}), R"({"$map":[["$a",2]]})");
  EXPECT_EQ(json_text(Value::reference(Value::Sequence{"a"})), R"({"$reference":["a"]})");
}

}  // namespace
}  // namespace willrun::tools
