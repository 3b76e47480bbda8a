#include "machine/sample.hpp"

#include <gtest/gtest.h>

#include "glob/glob.hpp"
#include "machine/regex.hpp"

namespace willrun::machine {
namespace {

TEST(Sample, OfRegexesMatchesThem) {
  for (const std::string_view body :
       {"^main$", "^release-\\d+\\.\\d+$", "^(feature|fix)/", "v[0-9]{2,3}", "^[^a]b?c*d+", "(?:a|b)c", "(?P<x>y)z",
        "a\\.b", "[[:digit:]]x", "\\bword\\b", "^.*-stable$", "a{2}", "x*?y", "^$|a", "[]a]"}) {
    const auto sample = sample_of_regex(body);
    ASSERT_TRUE(sample.has_value()) << body;
    const auto compiled = Regex::compile(body, {});
    ASSERT_TRUE(compiled.regex.has_value()) << body;
    EXPECT_TRUE(compiled.regex->search(*sample)) << body << " " << *sample;
  }
  for (const std::string_view body : {"(a", "a)", "[a", "\\p{Greek}", "a{2"})
    EXPECT_FALSE(sample_of_regex(body)) << body;
}

TEST(Sample, OfGlobsMatchesThem) {
  for (const std::string glob : {"docs/*", "**/*.md", "src/**/*.{c,h}", "a?c", "Dockerfile", "[ab]x", "{a,b}/c"})
    EXPECT_TRUE(glob::Glob(glob).matches(sample_of_glob(glob))) << glob << " " << sample_of_glob(glob);
}

}  // namespace
}  // namespace willrun::machine
