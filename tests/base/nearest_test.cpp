#include <willrun/nearest.hpp>

#include <gtest/gtest.h>

#include <array>

namespace willrun {
namespace {

constexpr std::array<std::string_view, 5> kKnown{"default", "description", "options", "regex", "x"};

TEST(Nearest, FindsMisspelledNames) {
  EXPECT_EQ(nearest("defualt", kKnown), "default");
  EXPECT_EQ(nearest("Default", kKnown), "default");
  EXPECT_EQ(nearest("option", kKnown), "options");
  EXPECT_EQ(nearest("regexp", kKnown), "regex");
  EXPECT_EQ(nearest("X", kKnown), "x");
}

TEST(Nearest, LeavesStrangersAlone) {
  EXPECT_EQ(nearest("y", kKnown), "");
  EXPECT_EQ(nearest("", kKnown), "");
  EXPECT_EQ(nearest("variables", kKnown), "");
  EXPECT_EQ(nearest(std::string(100, 'x'), kKnown), "");
}

TEST(Nearest, AdvisesInWords) {
  EXPECT_EQ(suggestion("regexp", kKnown), "did you mean `regex`?");
  EXPECT_EQ(suggestion("variables", kKnown), "");
}

}  // namespace
}  // namespace willrun
