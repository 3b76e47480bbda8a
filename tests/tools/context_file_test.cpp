#include "common/context_file.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "common/read_file.hpp"
#include "tools/run_command.hpp"

namespace willrun::tools {
namespace {

constexpr std::string_view kContextConfiguration =
    "prod: {script: x, environment: production, rules: [{if: '$TOKEN == \"s\" && $B == \"inner\"'}]}\n"
    "mr: {script: x, rules: [{if: '$CI_MERGE_REQUEST_TARGET_BRANCH_NAME == \"stable\"', changes: [src/*]}]}\n"
    "keep: {script: x, rules: [{exists: [only/here.txt]}]}\n";

constexpr std::string_view kContext =
    "source: merge_request_event\nref: feature\nprotected: true\nmerge_request: {iid: 3, target_branch: stable}\n"
    "changed_files: [src/a.c]\ntree: [only/here.txt]\nvariables:\n  groups: [{B: outer}, {B: inner}]\n"
    "  project: {TOKEN: {value: s, masked: true, protected: true, environment_scope: 'prod*'}}\n";

TEST(ContextFile, GivesTheTrigger) {
  const ScratchFolder folder;
  folder.write(".gitlab-ci.yml", kContextConfiguration);
  folder.write("context.yml", kContext);
  const cli::Ran ran = cli::run_in(folder.path(), {"dry-run", "--context", "context.yml"});
  EXPECT_EQ(ran.code, cli::Exit::ok) << ran.out << ran.err;
  EXPECT_NE(ran.out.find("created, 3 jobs"), std::string::npos) << ran.out;
  EXPECT_EQ(ran.out.find("TOKEN = s"), std::string::npos);
}

TEST(ContextFile, TakesShortForms) {
  const ScratchFolder folder;
  folder.write("c.yml", "source: mr\nbranch: x\nvariables: {A: a, pipeline: {B: b}, B: c}\n");
  const Trigger request = read_context(folder.path() / "c.yml").trigger;
  EXPECT_EQ(request.source, PipelineSource::merge_request_event);
  EXPECT_EQ(request.ref, "x");
  ASSERT_EQ(request.variables.size(), 2u);
  EXPECT_EQ(request.variables[1].value, "c");
  folder.write("c.yml", "tag: v1\n");
  const Trigger tag = read_context(folder.path() / "c.yml").trigger;
  EXPECT_EQ(tag.ref, "v1");
  EXPECT_EQ(tag.ref_kind, RefKind::tag);
  folder.write("c.yml", "merge_request: {iid: 1}\ntag: false\n");
  EXPECT_EQ(read_context(folder.path() / "c.yml").trigger.ref_kind, RefKind::merge_request);
}

TEST(ContextFile, NeverShowsMaskedValues) {
  const ScratchFolder folder;
  folder.write("context.yml", "variables: {project: {TOKEN: {value: hush, masked: true}}}\n");
  const cli::Ran ran = cli::run_in(folder.path(), {"variables", "--context", "context.yml"});
  EXPECT_NE(ran.out.find("TOKEN = [MASKED]"), std::string::npos) << ran.out << ran.err;
  EXPECT_EQ(ran.out.find("hush"), std::string::npos);
}

TEST(ContextFile, GivesChatsReleasesAndDeployments) {
  const ScratchFolder folder;
  folder.write(".gitlab-ci.yml", "deploy: {script: x, rules: [{if: '$CHAT_INPUT == \"now\"'}]}\nother: {script: x}\n");
  folder.write("chat.yml", "source: chat\nchat: {command: deploy, input: now, channel: ops, user_id: U1}\n");
  cli::Ran ran = cli::run_in(folder.path(), {"dry-run", "--context", "chat.yml"});
  EXPECT_NE(ran.out.find("created, 1 job"), std::string::npos) << ran.out << ran.err;
  folder.write(".gitlab-ci.yml",
               "variables: {KUBE: file, CI_RELEASE_NAME: file}\n"
               "in: {script: x, environment: e, rules: [{if: '$NAMESPACE == \"n\" && $KUBE == \"file\"'}]}\n"
               "out: {script: x, rules: [{if: $NAMESPACE}]}\n"
               "release: {script: x, rules: [{if: '$CI_RELEASE_NAME == \"One\"'}]}\n");
  folder.write("tag.yml",
               "tag: true\nref: v1\nrelease: {name: One}\nvariables: {deployment: {NAMESPACE: n, KUBE: k}}\n");
  ran = cli::run_in(folder.path(), {"dry-run", "--context", "tag.yml"});
  EXPECT_NE(ran.out.find("created, 2 jobs"), std::string::npos) << ran.out << ran.err;
}

TEST(ContextFile, MasksNamesOfPipelines) {
  const ScratchFolder folder;
  folder.write(".gitlab-ci.yml", "workflow: {name: 'to $TOKEN'}\nj: {script: x}\n");
  folder.write("context.yml", "variables: {project: {TOKEN: {value: hush, masked: true}}}\n");
  const cli::Ran ran = cli::run_in(folder.path(), {"dry-run", "--context", "context.yml"});
  EXPECT_EQ(ran.out.find("hush"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("name: to [MASKED]\n"), std::string::npos) << ran.out;
}

TEST(ContextFile, SaysWhatIsWrong) {
  const ScratchFolder folder;
  const auto failure = [&](std::string_view text) {
    folder.write("c.yml", text);
    const std::string whole = read_context(folder.path() / "c.yml").failure;
    return whole.substr(whole.find("c.yml"));
  };
  EXPECT_EQ(failure("sourc: push\n"), "c.yml: `sourc` is not known in the context; did you mean `source`?");
  EXPECT_EQ(failure("source: nobody\n"), "c.yml: source: GitLab knows no source of this name");
  EXPECT_EQ(failure("variables: {project: {A: 1}}\n"), "c.yml: A is no text");
  EXPECT_EQ(failure("merge_request: {iid: -1}\n"), "c.yml: iid is no number of at least 0");
  EXPECT_EQ(cli::run_in(folder.path(), {"dry-run", "--context", "c.yml", "--ref", "a"}).code, cli::Exit::usage);
}

// Every key of the schema is one that the reader knows.
TEST(ContextFile, FollowsItsSchema) {
  const ScratchFolder folder;
  const auto schema =
      nlohmann::json::parse(read_file(std::filesystem::path(WILLRUN_SOURCE_DIR) / "docs/context.schema.json").text);
  for (const auto& [key, value] : schema.at("properties").items()) {
    folder.write("c.json", nlohmann::json{{key, {{"a", {{"b", 1}}}}}}.dump());
    const std::string failure = read_context(folder.path() / "c.json").failure;
    EXPECT_EQ(failure.find("`" + key + "` is not known in the context"), std::string::npos) << failure;
  }
}

}  // namespace
}  // namespace willrun::tools
