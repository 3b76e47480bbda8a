// Keywords that tell a runner what to do with a job: judged, and of no weight for whether it runs.
#include <gtest/gtest.h>

#include "support/load.hpp"

namespace willrun {
namespace {

std::string judged(const std::string& lines) { return testing_support::lint("o: {script: x, " + lines + "}\n"); }

TEST(RunnerKeywords, AreTaken) {
  for (const std::string lines :
       {"tags: [a, b]", "tags: []", "timeout: 1h 30m", "timeout: ~", "coverage: '/(\\d+)%/'", "coverage: //",
        "hooks: {pre_get_sources_script: [[a], b]}", "id_tokens: {T: {aud: [x, y]}}", "id_tokens: {}",
        "resource_group: prod", "when: manual, manual_confirmation: Sure?"}) {
    EXPECT_EQ(judged(lines), "ok") << lines;
  }
}

TEST(RunnerKeywords, AreJudged) {
  const std::string duration = "E jobs:o:timeout config should be a duration\n";
  const std::string limit = "E jobs:o:timeout config should not exceed the limit\n";
  const std::string hooks = "E jobs:o:hooks config should be a hash\n";
  const std::string aud = "E jobs:o:id_tokens:t aud should be an array of strings or a string\n";
  EXPECT_EQ(judged("tags: a"), "E jobs:o:tags config should be an array of strings\n");
  EXPECT_EQ(judged("timeout: 5"), duration + limit);
  EXPECT_EQ(judged("timeout: 2 months"), limit);
  EXPECT_EQ(judged("coverage: /a"), "E jobs:o:coverage config must be a regular expression with re2 syntax\n");
  EXPECT_EQ(judged("hooks: []"), hooks + hooks);
  EXPECT_EQ(judged("hooks: {foo: a}"), "E jobs:o:hooks config contains unknown keys: foo\n");
  EXPECT_EQ(judged("id_tokens: {T: b}"), "E jobs:o:id_tokens:t config missing required keys: aud\n" + aud);
  EXPECT_EQ(judged("id_tokens: {T: {aud: 5}}"), aud);
  EXPECT_EQ(judged("resource_group: [a]"), "E jobs:o resource group should be a string\n");
  EXPECT_EQ(judged("manual_confirmation: 5"), "E jobs:o manual confirmation should be a string\n");
}

}  // namespace
}  // namespace willrun
