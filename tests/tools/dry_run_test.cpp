#include <nlohmann/json.hpp>

#include "tools/run_command.hpp"

namespace willrun::cli {
namespace {

constexpr std::string_view kDryRunConfiguration = R"(spec:
  inputs:
    count: {type: number, default: 1}
---
job:
  script: make $[[ inputs.count ]]
  rules:
    - if: $MODE == "on"
    - exists: [only-here.txt]
      when: manual
)";

struct Repository {
  tools::ScratchFolder folder;

  Repository() { folder.write(".gitlab-ci.yml", kDryRunConfiguration); }

  Ran dry_run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "dry-run");
    return run_in(folder.path(), std::move(arguments));
  }
};

TEST(DryRun, TakesVariablesFromLinesAndFiles) {
  const Repository repository;
  repository.folder.write("mode.txt", "on");
  repository.folder.write("vars.env", "MODE=on\n");
  EXPECT_EQ(repository.dry_run({}).code, Exit::findings);
  EXPECT_EQ(repository.dry_run({"--var", "MODE=on"}).code, Exit::ok);
  EXPECT_EQ(repository.dry_run({"--var", "MODE=@mode.txt"}).code, Exit::ok);
  EXPECT_EQ(repository.dry_run({"--var-file", "vars.env"}).code, Exit::ok);
  EXPECT_EQ(repository.dry_run({"--var-file", "vars.env", "--var", "MODE=off"}).code, Exit::findings);
}

TEST(DryRun, KeepsTheTypesOfAnInputsFile) {
  const Repository repository;
  repository.folder.write("inputs.yml", "count: 2\n");
  repository.folder.write("inputs.json", R"({"count": 2})");
  repository.folder.write("wrong.yml", "count: [1]\n");
  repository.folder.write("list.yml", "- count\n");
  repository.folder.write("syntax.yml", "count: [\n");
  const auto with = [&](const std::string& file) {
    return repository.dry_run({"--var", "MODE=on", "--inputs-file", file});
  };
  EXPECT_EQ(with("inputs.yml").code, Exit::ok);
  EXPECT_EQ(with("inputs.json").code, Exit::ok);
  EXPECT_EQ(with("wrong.yml").code, Exit::findings);
  EXPECT_EQ(with("list.yml").code, Exit::failed);
  EXPECT_EQ(with("list.yml").err, "error: --inputs-file list.yml: expected a map of input names to values\n");
  EXPECT_EQ(with("syntax.yml").code, Exit::failed);
  EXPECT_NE(with("syntax.yml").err.find("syntax.yml:"), std::string::npos) << with("syntax.yml").err;
}

TEST(DryRun, SeesTheFilesOfTheRepository) {
  const Repository repository;
  repository.folder.write("only-here.txt", "");
  const Ran ran = repository.dry_run({"--json"});
  EXPECT_EQ(ran.code, Exit::ok) << ran.out << ran.err;
  const auto json = nlohmann::json::parse(ran.out);
  EXPECT_EQ(json["status"], "created");
  EXPECT_EQ(json["jobs"][0]["when"], "manual");
  EXPECT_EQ(json["jobs"][0]["rule"]["number"], 2);
  EXPECT_EQ(json["jobs"][0]["rule"]["place"]["line"], 9);
}

TEST(DryRun, SeesTheFilesOfProjectsThatSettingsName) {
  const Repository repository;
  repository.folder.write("other/a.txt", "");
  repository.folder.write(".willrun.yml", "projects: {g/other: other}\n");
  const auto with = [&](const std::string& exists) {
    repository.folder.write(".gitlab-ci.yml",
                            "first: {script: make}\njob: {script: make, rules: [{exists: {" + exists + "}}]}\n");
    return repository.dry_run({}).out;
  };
  EXPECT_EQ(with("paths: [a.txt], project: g/other").find("LEFT OUT"), std::string::npos);
  EXPECT_NE(with("paths: [b.txt], project: g/other").find("LEFT OUT"), std::string::npos);
  EXPECT_NE(with("paths: [a.txt], project: g/none").find("not found or access denied"), std::string::npos);
}

TEST(DryRun, SaysWhichOptionsDoNothing) {
  const Repository repository;
  const Ran ran = repository.dry_run({"--source", "trigger", "--changed", "a", "--message", "x [skip ci]"});
  EXPECT_EQ(ran.err,
            "note: --changed has no effect: for source `trigger` GitLab compares no files, and rules:changes is always "
            "true\n"
            "note: [skip ci] in --message has no effect: source `trigger` does not honour it\n");
  EXPECT_EQ(repository.dry_run({"--changed", "a"}).err, "");
}

TEST(DryRun, NeverCallsASkipAnError) {
  const Repository repository;
  const Ran ran = repository.dry_run({"--message", "x [skip ci]"});
  EXPECT_EQ(ran.code, Exit::findings);
  EXPECT_EQ(ran.out, "status: skipped\n");
  EXPECT_EQ(ran.err, "");
}

TEST(DryRun, CannotRunWithoutAConfiguration) {
  const tools::ScratchFolder empty;
  const Ran ran = run_in(empty.path(), {"dry-run"});
  EXPECT_EQ(ran.code, Exit::failed);
  EXPECT_EQ(ran.err, "error: .gitlab-ci.yml: no such file\n");
  EXPECT_EQ(run_in(empty.path(), {"dry-run", "--source", "parent_pipeline"}).err,
            "error: --source parent_pipeline stands on facts that only a context file gives: see --context\n");
}

}  // namespace
}  // namespace willrun::cli
