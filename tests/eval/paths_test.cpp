#include <gtest/gtest.h>

#include "support/load.hpp"

namespace willrun {
namespace {

using testing_support::decide_text;

// Whether a job with this rule is in the pipeline.
bool runs(const std::string& rule, const Trigger& trigger) {
  std::string text = "k: {script: x}\nj: {script: x, rules: [";
  text.append(rule).append("]}\n");
  return decide_text(std::move(text), trigger).jobs.size() == 2;
}

std::string exists_rule(const char* path) {
  std::string rule = "{exists: ['";
  return rule.append(path).append("']}");
}

TEST(Changes, CompareForAPushToAnExistingBranchOnly) {
  Trigger push = Trigger::push("main");
  push.changed_files = {{"src/a.rb", "docs/x/y.md"}};
  EXPECT_TRUE(runs("{changes: ['src/*']}", push));
  EXPECT_TRUE(runs("{changes: ['**/*.md']}", push));
  EXPECT_FALSE(runs("{changes: ['src/']}", push));
  EXPECT_FALSE(runs("{changes: ['*.rb']}", push));
  EXPECT_FALSE(runs("{changes: []}", push));
  push.before_sha = std::string(40, '0');
  EXPECT_TRUE(runs("{changes: ['no']}", push));
  Trigger token = Trigger::by_token("main");
  token.changed_files = {{"a"}};
  EXPECT_TRUE(runs("{changes: ['no']}", token));
}

TEST(Changes, ExpandVariables) {
  Trigger push = Trigger::push("main");
  push.changed_files = {{"src/a.rb"}};
  push.variables = {testing_support::variable("DIR", "src")};
  EXPECT_TRUE(runs("{changes: ['$DIR/*']}", push));
  EXPECT_FALSE(runs("{changes: ['$NONE/*']}", push));
}

TEST(Exists, LooksThePathUpOrMatches) {
  Trigger token = Trigger::by_token("main");
  token.tree = {{"Dockerfile", "src/x/a.rb", ".hidden"}};
  for (const char* found : {"Dockerfile", "src/", "src/x/", "**/*.rb", "**/a.rb", "*", ".hid*", "src/**/*"}) {
    EXPECT_TRUE(runs(exists_rule(found), token)) << found;
  }
  for (const char* missing : {"dockerfile", "src", "*.rb", "a.rb", "/Dockerfile"}) {
    EXPECT_FALSE(runs(exists_rule(missing), token)) << missing;
  }
  token.tree.reset();
  EXPECT_FALSE(runs("{exists: ['Dockerfile']}", token));
}

TEST(Paths, TooManyComparisonsCountAsAMatch) {
  Trigger push = Trigger::push("main");
  push.changed_files.emplace();
  for (int i = 0; i < 25'001; ++i) push.changed_files->push_back(std::to_string(i));
  EXPECT_TRUE(runs("{changes: ['no/*', 'nor/*']}", push));
  push.changed_files->pop_back();
  EXPECT_FALSE(runs("{changes: ['no/*', 'nor/*']}", push));
}

}  // namespace
}  // namespace willrun
