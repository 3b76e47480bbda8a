#include <willrun/trigger.hpp>

#include <gtest/gtest.h>

namespace willrun {
namespace {

// The value of a predefined variable; "(none)" where it does not exist.
std::string seen(const Trigger& trigger, std::string_view name) {
  for (const Variable& variable : predefined_variables(trigger)) {
    if (variable.key == name) return variable.value.value_or("(null)");
  }
  return "(none)";
}

TEST(Trigger, SourcesHaveGitLabsWords) {
  EXPECT_EQ(parse_source("merge_request_event"), PipelineSource::merge_request_event);
  EXPECT_EQ(to_string(PipelineSource::dependency_management_security_update), "dependency_management_security_update");
  EXPECT_FALSE(parse_source(""));
  EXPECT_FALSE(parse_source("Push"));
}

TEST(Trigger, ShapesDecideBranchAndTag) {
  EXPECT_EQ(seen(Trigger::by_token("main"), "CI_COMMIT_BRANCH"), "main");
  EXPECT_EQ(seen(Trigger::by_token("main"), "CI_COMMIT_TAG"), "(none)");
  EXPECT_EQ(seen(Trigger::push_tag("v1"), "CI_COMMIT_BRANCH"), "(none)");
  EXPECT_EQ(seen(Trigger::push_tag("v1"), "CI_COMMIT_TAG"), "v1");
  EXPECT_EQ(seen(Trigger::by_token("main"), "CI_PIPELINE_TRIGGERED"), "true");
  EXPECT_EQ(seen(Trigger::by_web("main"), "CI_PIPELINE_TRIGGERED"), "(none)");
}

TEST(Trigger, SlugsAndCommitTexts) {
  Trigger trigger = Trigger::push("feature/Foo_Bar");
  EXPECT_EQ(seen(trigger, "CI_COMMIT_REF_SLUG"), "feature-foo-bar");
  trigger.ref = std::string(62, 'x') + "/y";
  EXPECT_EQ(seen(trigger, "CI_COMMIT_REF_SLUG"), std::string(62, 'x'));
  trigger.commit_message = "Title\n\nBody\n";
  EXPECT_EQ(seen(trigger, "CI_COMMIT_TITLE"), "Title");
  EXPECT_EQ(seen(trigger, "CI_COMMIT_DESCRIPTION"), "\nBody");
  trigger.commit_message = " ";
  EXPECT_EQ(seen(trigger, "CI_COMMIT_TITLE"), "No commit message");
  EXPECT_EQ(seen(trigger, "CI_SERVER_HOST"), "gitlab.example.com");
  EXPECT_EQ(seen(trigger, "CI_PROJECT_NAMESPACE"), "group");
}

}  // namespace
}  // namespace willrun
