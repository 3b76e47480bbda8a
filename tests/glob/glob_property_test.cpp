#include <gtest/gtest.h>

#include <random>

#include "glob/glob.hpp"
#include "glob/reference_matcher.hpp"

namespace willrun::glob {
namespace {

std::string random_text(std::mt19937& random, std::initializer_list<const char*> pieces, std::size_t at_most) {
  const std::size_t count = random() % (at_most + 1);
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += pieces.begin()[random() % pieces.size()];
  return out;
}

TEST(GlobProperty, AgreesWithTheReferenceMatcher) {
  std::mt19937 random(20260102);
  int matched = 0;
  for (int i = 0; i < 200'000; ++i) {
    const std::string glob = random_text(
        random, {"a", "b", "/", "*", "**/", "?", "[", "]", "{", "}", ",", "\\", "-", "!", "é", "[ab]", "{a,b}"}, 9);
    const std::string path = random_text(random, {"a", "b", "/", "a/", "-", "é", "]", "\\"}, 6);
    const bool expected = reference_matches(glob, path);
    ASSERT_EQ(Glob(glob).matches(path), expected) << glob << " on " << path;
    matched += expected ? 1 : 0;
  }
  EXPECT_GT(matched, 2'000);
}

}  // namespace
}  // namespace willrun::glob
