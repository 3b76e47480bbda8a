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

TEST(Trigger, CallsOfTheEndpointKeepTheirPayload) {
  EXPECT_EQ(Trigger::by_token("a\"b").variables.at(0).value, R"({"ref":"a\"b","id":"1","variables":{}})");
  const Trigger hook = Trigger::by_token("main", "{\"object_kind\":\"push\"}");
  EXPECT_EQ(hook.variables.at(0).key, "TRIGGER_PAYLOAD");
  EXPECT_EQ(hook.variables.at(0).value, "{\"object_kind\":\"push\"}");
  EXPECT_TRUE(hook.variables.at(0).file);
  const Trigger job_token = Trigger::by_job_token("main");
  EXPECT_EQ(job_token.variables.size(), 1u);
  EXPECT_EQ(seen(job_token, "CI_PIPELINE_SOURCE"), "pipeline");
  EXPECT_EQ(seen(job_token, "CI_PIPELINE_TRIGGERED"), "(none)");
  EXPECT_EQ(seen(job_token, "CI_UPSTREAM_JOB_ID"), "(none)");
}

TEST(Trigger, UpstreamsParentsAndChats) {
  EXPECT_EQ(seen(Trigger::by_upstream("main", {7, 8, 9}), "CI_UPSTREAM_JOB_ID"), "9");
  EXPECT_TRUE(Trigger::by_upstream("main", {7, 8, 9}).variables.empty());
  Trigger parent = Trigger::by_merge_request("topic", "main");
  parent.variables.emplace_back();
  const Trigger child = Trigger::by_parent(parent, {7, 8, 9});
  EXPECT_EQ(seen(child, "CI_PIPELINE_SOURCE"), "parent_pipeline");
  EXPECT_EQ(seen(child, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"), "main");
  EXPECT_EQ(seen(child, "CI_COMMIT_BRANCH"), "(none)");
  EXPECT_TRUE(child.variables.empty());
  const Trigger chat = Trigger::by_chat("trunk", {"deploy", "now", "ops", "U1"});
  EXPECT_EQ(seen(chat, "CI_COMMIT_BRANCH"), "trunk");
  EXPECT_EQ(seen(chat, "CHAT_INPUT"), "now");
  EXPECT_EQ(seen(Trigger::push("main"), "CHAT_INPUT"), "(none)");
}

TEST(Trigger, ExternalPullRequestsAndReleases) {
  const Trigger request = Trigger::by_external_pull_request({4, "o/fork", "o/name", "topic", "", "main", ""});
  EXPECT_EQ(seen(request, "CI_EXTERNAL_PULL_REQUEST_IID"), "4");
  EXPECT_EQ(seen(request, "CI_EXTERNAL_PULL_REQUEST_TARGET_REPOSITORY"), "o/name");
  EXPECT_EQ(seen(request, "CI_COMMIT_BRANCH"), "topic");
  Trigger tag = Trigger::push_tag("v1");
  EXPECT_EQ(seen(tag, "CI_RELEASE_NAME"), "(none)");
  tag.release = Release{"One", std::string(2000, 'x')};
  EXPECT_EQ(seen(tag, "CI_RELEASE_NAME"), "One");
  EXPECT_EQ(seen(tag, "CI_RELEASE_DESCRIPTION").size(), 1024u);
  tag.ref_kind = RefKind::branch;
  EXPECT_EQ(seen(tag, "CI_RELEASE_NAME"), "(none)");
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
