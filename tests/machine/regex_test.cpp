#include "machine/regex.hpp"

#include "machine/group_names.hpp"
#include "machine/pattern_cache.hpp"

namespace willrun {
namespace {

using machine::Regex;

bool found(std::string_view body, std::string_view text, std::string_view flags = {}) {
  const auto compiled = Regex::compile(body, flags);
  EXPECT_TRUE(compiled.regex) << body << ": " << compiled.error;
  return compiled.regex && compiled.regex->search(text);
}

TEST(Regex, SearchesAnywhere) {
  EXPECT_TRUE(found("b+", "abbc"));
  EXPECT_FALSE(found("^b+", "abbc"));
  EXPECT_TRUE(found("", ""));
  EXPECT_TRUE(found("^$", ""));
  EXPECT_FALSE(found("^$", "\n"));
  EXPECT_TRUE(found("^.$", "é"));
}

TEST(Regex, TakesFlags) {
  EXPECT_TRUE(found("ABC", "xabcx", "i"));
  EXPECT_FALSE(found("a.c", "a\nc"));
  EXPECT_TRUE(found("a.c", "a\nc", "s"));
  EXPECT_FALSE(found("^b$", "a\nb\nc"));
  EXPECT_TRUE(found("^b$", "a\nb\nc", "m"));
  EXPECT_EQ(Regex::compile("a", "iiU").regex->source(), "(?iiU)a");
  EXPECT_EQ(Regex::compile("a").regex->source(), "a");
}

// Patterns that are plain texts go another way than the rest and must not show it.
TEST(Regex, ReadsPlainPatterns) {
  EXPECT_TRUE(found("release", "a release"));
  EXPECT_TRUE(found("^release/", "release/1"));
  EXPECT_FALSE(found("^release/", "a release/1"));
  EXPECT_TRUE(found("-rc$", "1.0-rc"));
  EXPECT_FALSE(found("-rc$", "1.0-rc\n"));
  EXPECT_TRUE(found("^a\\.b$", "a.b"));
  EXPECT_FALSE(found("^a\\.b$", "axb"));
  EXPECT_TRUE(found("\\$", "a$b"));
  EXPECT_FALSE(found("\\$", "ab"));
  EXPECT_TRUE(found("a\\\\$", "a\\"));
  EXPECT_TRUE(found("\\^a", "b^a"));
  EXPECT_FALSE(found("a\\bb", "ab"));
}

TEST(Regex, KnowsWhatGitLabsNewerRe2Knows) {
  EXPECT_TRUE(found("(?<name>a)b", "ab"));
  EXPECT_TRUE(found("(?P<n>a)(?<n>b)", "ab"));
  EXPECT_TRUE(found("\\(?<a>", "(<a>"));
  EXPECT_TRUE(found("[(?<a>]b", "<b"));
  EXPECT_TRUE(found("\\Q(?<a>\\E", "(?<a>"));
}

TEST(Regex, OpenQuoteSwallowsTheAddedGroup) {
  EXPECT_FALSE(found("a\\Qb", "ab"));
  EXPECT_TRUE(found("a\\Qb\\E", "ab"));
  EXPECT_TRUE(found("(a)\\Qb", "ab"));
}

TEST(Regex, ReportsWhatRe2Refuses) {
  for (const std::string_view bad : {"(", "a**", "(?=a)", "(?<=a)b", "(?<!a)b", "(?<>a)", "(?<a-b>c)", "\\1", "\\h",
                                     "a{1001}", "[b-a]", "\\", "(?x)a", "\\p{Foo}", "\xff"}) {
    const auto compiled = Regex::compile(bad);
    EXPECT_FALSE(compiled.regex) << bad;
    EXPECT_NE(compiled.error, "") << bad;
  }
}

TEST(PatternText, IsTheFirstLineThatLooksLikeOne) {
  const auto show = [](std::string_view text) -> std::string {
    const auto pattern = machine::find_pattern(text);
    return pattern ? std::string(pattern->body) + " " + std::string(pattern->flags) : "none";
  };
  EXPECT_EQ(show("/a/"), "a ");
  EXPECT_EQ(show("//"), " ");
  EXPECT_EQ(show("/a/b/im"), "a/b im");
  EXPECT_EQ(show("x\n/a/x\n/b/U\n/c/"), "b U");
  for (const char* none : {"", "/", "a", " /a/", "/a/ ", "/a/x", "a/b/", "/a\nb/", "/a/\r\n"})
    EXPECT_EQ(show(none), "none") << none;
}

TEST(PatternText, UnescapesSlashes) { EXPECT_EQ(machine::unescape_slashes("\\/a\\/\\\\/\\"), "/a/\\/\\"); }

TEST(PatternCache, StaysBounded) {
  machine::PatternCache cache(4);
  for (int i = 0; i < 1000; ++i) {
    const std::string number = std::to_string(i);
    const Regex* regex = cache.find(std::string("/").append(number).append("+/"));
    ASSERT_NE(regex, nullptr);
    EXPECT_TRUE(regex->search(number));
    EXPECT_LE(cache.size(), 4U);
  }
  EXPECT_EQ(cache.find("plain"), nullptr);
  EXPECT_EQ(cache.find("/(/"), nullptr);
  EXPECT_EQ(cache.find("/(/"), nullptr);
  const Regex* escaped = cache.find("\\/a\\/");
  ASSERT_NE(escaped, nullptr);
  EXPECT_EQ(escaped->source(), "a");
}

TEST(GroupNames, LeavesOtherTextAlone) {
  for (const std::string_view text :
       {"", "a", "(?:a)", "(?i)a", "[[:alpha:](?<n>]", "\\(?<n>", "[]](?P<n>a)", "(?<", "(?<=a)", "[", "[^", "\\"}) {
    EXPECT_EQ(machine::rewrite_groups(text).text, text);
  }
  EXPECT_EQ(machine::rewrite_groups("[]a](?<n>b)").text, "[]a](?P<n>b)");
  EXPECT_EQ(machine::rewrite_groups("\\\\(?<n>b)").text, "\\\\(?P<n>b)");
}

}  // namespace
}  // namespace willrun
