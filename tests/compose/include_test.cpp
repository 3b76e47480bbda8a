// Files that become part of a configuration.
#include <gtest/gtest.h>

#include <willrun/processed.hpp>

#include "compose/wildcard.hpp"
#include "support/load.hpp"

namespace willrun {
namespace {

MemoryFiles files() {
  MemoryFiles all;
  all.add("a.yml", "ja: {script: a}\n");
  all.add("ci/b.yml", "jb: {script: b, tags: 5}\n");
  all.add("ci/deep/c.yml", "jc: {script: c}\n");
  all.add("outer.yml", "include: inner.yml\njo: {script: o}\n");
  all.add("inner.yml", "ji: {script: [}\n");
  all.add("inputs.yml", "inputs: {env: {default: prod}}\n");
  all.add("more.yml", "inputs: {env: {}}\njobs: {}\n");
  all.add_project("G/P", {{"p.yml", "include: q.yml\njp: {script: p}\n"}, {"q.yml", "jq: {script: q}\n"}}, {"v1"});
  all.add_remote("https://x.test/r.yml", "jr: {script: r}\n");
  all.add_component("gitlab.example.com/g/c/lint@1.2",
                    "spec: {component: [name, version, reference]}\n---\n"
                    "'$[[ component.name ]] $[[ component.version ]] $[[ component.reference ]]': {script: x}\n",
                    {.name = "lint", .sha = "abc", .version = "1.2.3", .reference = "1.2"});
  return all;
}

Config load_with(const std::string& text, const Trigger& trigger = {}, LoadMode mode = LoadMode::lint) {
  MemoryFiles all = files();
  all.add(".gitlab-ci.yml", text);
  LoadOptions options;
  options.mode = mode;
  return load(".gitlab-ci.yml", all, trigger, options);
}

// Names of the jobs, or the errors.
std::string jobs(const std::string& text, const Trigger& trigger = {}) {
  const Config config = load_with(text, trigger);
  std::string printed;
  for (const std::string& error : config.gitlab_errors()) printed += "E " + error;
  if (const auto processed = process(config)) {
    for (const Value& job : processed->jobs)
      printed.append(printed.empty() ? "" : ", ").append(job.find("name")->text());
  }
  return printed;
}

TEST(Include, TakesFilesOfEveryOrigin) {
  EXPECT_EQ(jobs("include: a.yml\nj: {script: x}\n"), "ja, j");
  EXPECT_EQ(jobs("include: [{local: '**/c.yml'}, {remote: 'https://x.test/r.yml'}]\n"), "jc, jr");
  EXPECT_EQ(jobs("include: {project: g/p, file: [/p.yml], ref: v1}\n"), "jq, jp");
  EXPECT_EQ(jobs("include: {component: $CI_SERVER_FQDN/g/c/lint@1.2}\n"), "lint 1.2.3 1.2");
}

TEST(Include, ExpandsSettingsOfTheProject) {
  Trigger trigger;
  trigger.project_variables.push_back({testing_support::variable("FILE", "a.yml")});
  EXPECT_EQ(jobs("include: $FILE\nvariables: {FILE: other.yml}\n", trigger), "ja");
}

TEST(Include, ShowsEntriesThatNameNoFile) {
  EXPECT_EQ(jobs("include: {1: a, [b]: {c: <d>}, e: 1.5}\nj: {script: x}\n"),
            "E `{\"1\":\"a\",\"[\\\"b\\\"]\":{\"c\":\"\\u003cd\\u003e\"},\"e\":1.5}` does not have a valid subkey for "
            "include. Valid "
            "subkeys are: `local`, `project`, `remote`, `template`, `artifact`, `component`");
}

// Counts what it is asked for.
class CountingFiles : public MemoryFiles {
 public:
  FileAnswer read(const FileRequest& request) override {
    ++asked;
    return MemoryFiles::read(request);
  }
  int asked = 0;
};

TEST(Include, AsksForAFileOnce) {
  CountingFiles all;
  all.add(".gitlab-ci.yml", "include: [a.yml, a.yml, {local: /a.yml}, b.yml]\n");
  all.add("a.yml", "ja: {script: a}\n");
  all.add("b.yml", "include: a.yml\n");
  EXPECT_TRUE(load(".gitlab-ci.yml", all, {}, {}).valid());
  EXPECT_EQ(all.asked, 3);
}

TEST(Include, NeverListsMaskedValues) {
  class Components : public MemoryFiles {
   public:
    FileAnswer read(const FileRequest& request) override {
      if (request.origin != FileOrigin::component) return MemoryFiles::read(request);
      FileAnswer answer{.status = FileAnswer::Status::found, .text = "job: {script: a}\n"};
      answer.project = "hush-hush-hush/parts";
      answer.path = "templates/name.yml";
      return answer;
    }
  } all;
  all.add(".gitlab-ci.yml", "include: [{component: example.com/$GROUP/parts/name@1.0.0}]\n");
  Trigger trigger;
  trigger.project_variables.push_back({testing_support::variable("GROUP", "hush-hush-hush")});
  trigger.project_variables.back().variable.masked = true;
  const std::vector<Include> listed = load(".gitlab-ci.yml", all, trigger, {}).includes();
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed[0].location, "example.com/[MASKED]xxxxxx/parts/name@1.0.0");
  EXPECT_EQ(listed[0].file.project, "[MASKED]xxxxxx/parts");
  EXPECT_EQ(listed[0].path, "templates/name.yml");
}

TEST(Include, NeverShowsMaskedValues) {
  Trigger trigger;
  trigger.project_variables.push_back({testing_support::variable("TOKEN", "hush-hush-hush")});
  trigger.project_variables.back().variable.masked = true;
  EXPECT_EQ(jobs("include: $TOKEN/none.yml\n", trigger), "E Local file `[MASKED]xxxxxx/none.yml` does not exist!");
  EXPECT_EQ(jobs("include: {file: $TOKEN}\n", trigger).find("hush"), std::string::npos);
}

TEST(Include, ObeysRules) {
  Trigger trigger = Trigger::by_web("main");
  const std::string text =
      "include: [{local: a.yml, rules: [{if: '$CI_PIPELINE_SOURCE == \"web\"'}]}]\nj: {script: x}\n";
  EXPECT_EQ(jobs(text, trigger), "ja, j");
  EXPECT_EQ(jobs(text, Trigger::push("main")), "j");
  EXPECT_EQ(jobs("include: {local: a.yml, rules: [{if: $X, exists: 5}]}\n"),
            "E include:rule:exists should be a string, an array of strings, or a hash");
}

TEST(Include, ChecksIntegrity) {
  EXPECT_EQ(jobs("include: {remote: 'https://x.test/r.yml', "
                 "integrity: 'sha256-e+PkkWqKnvMBkaVdLFGfKPCWYMmHGDgIoBHkpi4nEE4='}\n"),
            "E Remote file `https://x.test/r.yml` failed integrity check!");
}

TEST(Include, LeavesEntriesThatSelectNothingToTheJudge) {
  const std::string text = "include: {local: a.yml, rules: [{when: never}]}\nj: {script: x}\n";
  EXPECT_EQ(jobs(text), "E include config should be an array or a string");
  EXPECT_TRUE(load_with(text, {}, LoadMode::pipeline).valid());
}

TEST(Include, PointsWhereTheTextStands) {
  const Config config = load_with("include: outer.yml\nj: {script: x}\n");
  ASSERT_EQ(config.diagnostics().size(), 1U);
  const Diagnostic& found = config.diagnostics().front();
  EXPECT_EQ(config.files().name(found.span.file), "inner.yml");
  ASSERT_EQ(found.labels.size(), 2U);
  EXPECT_EQ(config.files().name(found.labels[0].span.file), "outer.yml");
  EXPECT_EQ(config.files().text(found.labels[0].span), "inner.yml");
  EXPECT_EQ(config.files().text(found.labels[1].span), "outer.yml");
}

TEST(Include, PointsIntoIncludedJobs) {
  const Config config = load_with("include: ci/b.yml\n");
  ASSERT_EQ(config.diagnostics().size(), 1U);
  const Diagnostic& found = config.diagnostics().front();
  EXPECT_EQ(config.files().name(found.span.file), "ci/b.yml");
  ASSERT_EQ(found.labels.size(), 1U);
  EXPECT_EQ(config.files().text(found.labels.front().span), "ci/b.yml");
  EXPECT_EQ(found.labels.front().text, "included from here");
}

TEST(HeaderInclude, BringsInputs) {
  EXPECT_EQ(jobs("spec: {include: [inputs.yml]}\n---\n'$[[ inputs.env ]]': {script: x}\n"), "prod");
  EXPECT_EQ(jobs("spec: {include: [inputs.yml], inputs: {env: {}}}\n---\nj: {script: x}\n"),
            "E Duplicate input keys found: env. Input keys must be unique across all included files and inline "
            "specifications.");
  EXPECT_EQ(jobs("spec: {include: [more.yml]}\n---\nj: {script: x}\n"),
            "E Header include file `more.yml` contains unknown keys: [:jobs]");
}

TEST(Wildcard, MatchesAsGitLabDoes) {
  const auto matches = [](std::string_view pattern, std::string_view path) {
    return compose::wildcard_matches(pattern, path);
  };
  EXPECT_TRUE(matches("ci/*.yml", "ci/a.yml"));
  EXPECT_FALSE(matches("ci/*.yml", "ci/a/b.yml"));
  EXPECT_TRUE(matches("ci/**.yml", "ci/a/b.yml"));
  EXPECT_TRUE(matches("ci/**/*.yml", "ci/b.yml"));
  EXPECT_TRUE(matches("**/*.yml", "b.yml"));
  EXPECT_FALSE(matches("**/b.yml", "ab.yml"));
  EXPECT_FALSE(matches("/ci/*.yml", "ci/a.yml"));
  EXPECT_TRUE(matches("a*b*c", "aXbYbZc"));
  EXPECT_FALSE(matches("", "a"));
}

}  // namespace
}  // namespace willrun
