#include "tools/run_command.hpp"

namespace willrun::cli {
namespace {

std::string line_of(const std::string& printed, const std::string& name) {
  const std::size_t at = printed.find(" " + name + " = ");
  if (at == std::string::npos) return {};
  const std::size_t start = printed.rfind('\n', at);
  return printed.substr(start == std::string::npos ? 0 : start + 1,
                        printed.find('\n', at) - (start == std::string::npos ? 0 : start + 1));
}

TEST(Variables, SayWhereTheyComeFrom) {
  const tools::ScratchFolder folder;
  const Ran ran = run_in(folder.path(), {"variables", "--source", "trigger", "--ref", "main", "--var", "A=1", "--var",
                                         "CI_COMMIT_REF_NAME=mine"});
  EXPECT_EQ(ran.code, Exit::ok) << ran.err;
  EXPECT_EQ(line_of(ran.out, "CI_PIPELINE_SOURCE"), "IWJ  predefined  CI_PIPELINE_SOURCE = trigger");
  EXPECT_EQ(line_of(ran.out, "CI_PIPELINE_TRIGGERED"), "-WJ  predefined  CI_PIPELINE_TRIGGERED = true");
  EXPECT_EQ(line_of(ran.out, "GITLAB_USER_LOGIN").substr(0, 3), "-WJ");
  EXPECT_EQ(line_of(ran.out, "A"), "IWJ  trigger     A = 1");
  EXPECT_EQ(line_of(ran.out, "CI_COMMIT_REF_NAME"), "IWJ  trigger     CI_COMMIT_REF_NAME = mine");
  EXPECT_EQ(line_of(ran.out, "CI_COMMIT_TAG"), "");
}

TEST(Variables, OfMergeRequests) {
  const tools::ScratchFolder folder;
  const Ran ran = run_in(folder.path(), {"variables", "--source", "mr", "--ref", "topic", "--target", "stable"});
  EXPECT_EQ(line_of(ran.out, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"),
            "IWJ  predefined  CI_MERGE_REQUEST_TARGET_BRANCH_NAME = stable");
  EXPECT_EQ(line_of(ran.out, "CI_MERGE_REQUEST_EVENT_TYPE").substr(16), " CI_MERGE_REQUEST_EVENT_TYPE = detached");
  EXPECT_EQ(line_of(ran.out, "CI_COMMIT_BRANCH"), "");
}

}  // namespace
}  // namespace willrun::cli
