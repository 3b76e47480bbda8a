#include "conformance/compare.hpp"

#include <gtest/gtest.h>

namespace willrun::conformance {
namespace {

// "" when equal, else the path, what was expected and what came.
std::string difference(std::string_view expected, std::string_view got) {
  const auto found = compare(parse_json(expected), parse_json(got), "v");
  return found ? found->path + ": " + found->expected + " / " + found->got : "";
}

TEST(Compare, Equal) {
  const std::pair<const char*, const char*> rows[] = {{"null", "null"},
                                                      {R"({"a":1,"b":[2]})", R"({"b":[2],"a":1})"},
                                                      {R"({"$map":[[1,2],[3,4]]})", R"({"$map":[[3,4],[1,2]]})"},
                                                      {"1.5", "1.5"}};
  for (const auto& [expected, got] : rows) EXPECT_EQ(difference(expected, got), "") << expected;
}

TEST(Compare, FirstDifference) {
  EXPECT_EQ(difference("1", "1.0"), "v: 1 / 1.0");
  EXPECT_EQ(difference("0.0", "-0.0"), "v: 0.0 / -0.0");
  EXPECT_EQ(difference(R"("1")", "1"), "v: \"1\" / 1");
  EXPECT_EQ(difference("null", "false"), "v: null / false");
  EXPECT_EQ(difference("[]", "{}"), "v: [] / {}");
  EXPECT_EQ(difference("[1,2]", "[2,1]"), "v[0]: 1 / 2");
  EXPECT_EQ(difference(R"({"a":{"b":[1,"x"]}})", R"({"a":{"b":[1,"y"]}})"), "v.a.b[1]: \"x\" / \"y\"");
  EXPECT_EQ(difference(R"({"a":1})", "{}"), "v.a: 1 / no such key");
  EXPECT_EQ(difference("{}", R"({"a":null})"), "v.a: no such key / null");
  EXPECT_EQ(difference(R"({"$map":[[1,2]]})", R"({"$map":[[1,3]]})"), R"(v: {"$map":[[1,2]]} / {"$map":[[1,3]]})");
}

}  // namespace
}  // namespace willrun::conformance
