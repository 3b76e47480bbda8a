#include "glob/glob.hpp"

#include <gtest/gtest.h>

#include "glob/reference_matcher.hpp"

namespace willrun::glob {
namespace {

struct Row {
  const char* glob;
  const char* path;
  bool expected;
};

void check(std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    EXPECT_EQ(Glob(row.glob).matches(row.path), row.expected) << row.glob << " on " << row.path;
    EXPECT_EQ(reference_matches(row.glob, row.path), row.expected) << "reference: " << row.glob << " on " << row.path;
  }
}

TEST(Glob, StarStaysInItsSegment) {
  check({{"*", "a", true},
         {"*", ".a", true},
         {"*", "a/b", false},
         {"*.rb", "user.rb", true},
         {"*.rb", ".rb", true},
         {"*.rb", "a/b.rb", false},
         {"a/*", "a/", true},
         {"a/*/c", "a/b/c", true},
         {"a/*/c", "a//c", true},
         {"a*b*c", "a1b2c", true},
         {"a*b*c", "a1c2b", false},
         {"**", "a/b", false},
         {"a/**", "a/b", true},
         {"a/**", "a/b/c", false},
         {"", "", true},
         {"", "a", false},
         {"config/", "config", false},
         {"./a", "a", false},
         {"*a*a", "aa", true},
         {"*a*a", "a", false}});
}

TEST(Glob, TwoStarsAndSlashSpanDirectoriesAtTheStartOfASegment) {
  check({{"**/a", "a", true},
         {"**/a", "x/y/a", true},
         {"**/a", ".x/a", true},
         {"**/a", "xa", false},
         {"src/**/*.rb", "src/a.rb", true},
         {"src/**/*.rb", "src/p/q/a.rb", true},
         {"src/**/*.rb", "lib/a.rb", false},
         {"a/**/", "a/p/", true},
         {"a/**/", "a/p", false},
         {"a/**/**/b", "a/b", true},
         {"a**/b", "ax/y/b", false},
         {"***/a", "x/y/a", false},
         {"***/a", "x/a", true},
         {"\\**/a", "x/y/a", false},
         {"**\\/a", "x/y/a", false},
         {"**/*", "x/y/z", true},
         {"**/a/**/b", "a/x/a/y/b", true},
         {"**/?", "x/yy", false},
         {"{*,x}*/a", "p/q/a", true},
         {"**{/,x}a", "p/q/a", true},
         {"a\\/**/b", "a/p/q/b", true},
         {"**/", "", true},
         {"**/x/*.c", "p/x/q/x/r.c", true}});
}

TEST(Glob, BracesAreExpandedBeforeAnythingElse) {
  check({{"{a,b}/c", "b/c", true},     {"{a,b{c,d}}e", "bde", true},
         {"{a,b{c,d}}e", "be", false}, {"{}", "", true},
         {"a{,b}", "a", true},         {"{a", "{a", false},
         {"{a,b}{", "a{", false},      {"a}", "a}", true},
         {"a,b", "a,b", true},         {"\\{a,b}", "{a,b}", true},
         {"{a\\,b}", "a,b", true},     {"[{a,b}]", "b", true},
         {"[{a,]}", "a", false},       {"[{a,]}", "]", false},
         {"[{a,b}-{c,d}]", "d", true}, {"[{a,b}-{c,d}]", "e", false},
         {"{a..c}", "b", false},       {"{*,**/*}.md", "x/y.md", true},
         {"{a,b}{a,b}", "ba", true},   {"{[a,b]}", "a", false},
         {"[{!,}a]", "b", true},       {"[{!,}a]", "a", true},
         {"}{a}", "}a", true}});
}

TEST(Glob, BracketsNeverMatchASlash) {
  check({{"[a-c]", "b", true},   {"[a-c]", "d", false}, {"[!a]", "b", true},       {"[^a]", "a", false},
         {"[!a]", "/", false},   {"[]a]", "a", false},  {"[]a]", "]a]", false},    {"[a", "[a", false},
         {"[!]", "x", true},     {"[!]", "/", false},   {"[c-a]", "a", true},      {"[c-a]", "b", false},
         {"[a-]", "-", true},    {"[--a]", "a", true},  {"[\\]]", "]", true},      {"[a\\-c]", "b", false},
         {"[a/b]c", "bc", true}, {"[é-ü]", "ö", true},  {"[:alpha:]", "x", false}, {"[!!]", "!", false},
         {"x[", "x[", false},    {"[a-\\]]", "]", true}});
}

TEST(Glob, QuestionMarkAndEscapesReadCharacters) {
  check({{"?", "é", true},
         {"??", "é", false},
         {"?", "/", false},
         {"a\\", "a", true},
         {"a\\", "a\\", false},
         {"\\a", "a", true},
         {"\\*", "*", true},
         {"\\*", "a", false},
         {"\\\\", "\\", true},
         {"\\é", "é", true},
         {"\xff", "\xff", false},
         {"*", "\xff", true},
         {"!a", "b", false},
         {"@(a)", "a", false},
         {"A", "a", false}});
}

// Pieces with the number of times that each is repeated.
std::string repeat(std::initializer_list<std::pair<std::string_view, int>> pieces) {
  std::string out;
  for (const auto& [piece, times] : pieces) {
    for (int i = 0; i < times; ++i) out += piece;
  }
  return out;
}

TEST(Glob, LongAndHostileGlobsTakeBoundedTime) {
  EXPECT_TRUE(Glob(repeat({{"{a,b}", 200}})).matches(repeat({{"b", 200}})));
  EXPECT_FALSE(Glob(repeat({{"{a,b}", 200}})).matches(repeat({{"b", 199}})));
  EXPECT_FALSE(Glob(repeat({{"a*?", 300}, {"b", 1}})).matches(repeat({{"a", 5'000}})));
  EXPECT_FALSE(Glob(repeat({{"**/a/", 200}, {"b", 1}})).matches(repeat({{"a/", 1'000}})));
  EXPECT_FALSE(Glob(repeat({{"[", 1}, {"{a,b}", 100}, {"]", 1}})).matches("a"));  // over the limit of spellings
  EXPECT_FALSE(Glob(repeat({{"[", 200'000}})).matches("a"));
  EXPECT_FALSE(Glob(repeat({{"{", 1}, {"[,", 200'000}, {"}", 1}, {"x", 200'000}})).matches("a"));
  EXPECT_FALSE(Glob(repeat({{"{", 200'000}, {"a", 1}})).matches("a"));
  EXPECT_TRUE(Glob(repeat({{"{", 20'000}, {"a", 1}, {"}", 20'000}})).matches("a"));
  EXPECT_TRUE(Glob(repeat({{"x", 100'000}, {"?", 1}})).matches(repeat({{"x", 100'000}, {"y", 1}})));
}

}  // namespace
}  // namespace willrun::glob
