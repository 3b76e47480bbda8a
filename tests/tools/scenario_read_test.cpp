#include "scenario/read.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include <willrun/report.hpp>

#include "common/read_file.hpp"
#include "common/wildcard.hpp"

namespace willrun::scenario {
namespace {

using nlohmann::json;

// `line:column message` of all findings.
std::string wrong(std::string_view text) {
  const ScenarioFile file = read_scenarios(text, "t.yml", {});
  std::string out;
  for (const Diagnostic& found : file.diagnostics) {
    const LineColumn at = file.nodes->files.locate(found.span.file, found.span.begin);
    out += (out.empty() ? "" : "; ") + std::to_string(at.line) + ":" + std::to_string(at.column) + " " + found.message;
  }
  return out;
}

std::string wrong_given(const std::string& given) { return wrong("scenarios:\n- name: a\n  given: " + given + "\n"); }
std::string wrong_expect(const std::string& expect) {
  return wrong("scenarios:\n- name: a\n  expect: " + expect + "\n");
}

TEST(ScenarioRead, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(wrong(""), "1:1 there is no `scenarios`");
  EXPECT_EQ(wrong("scenarios: []\n"), "1:12 there is no scenario in the list");
  EXPECT_EQ(wrong("scenarios: x\n"), "1:12 scenarios is no list");
  EXPECT_EQ(wrong("[a]\n"), "1:1 a file of scenarios is no map");
  EXPECT_EQ(wrong("scenario: []\n"), "1:1 `scenario` is not known in a file of scenarios; did you mean `scenarios`?");
  EXPECT_EQ(wrong("scenarios: [{given: {}}]\n"), "1:13 a scenario has no name");
  EXPECT_EQ(wrong("scenarios:\n- {name: a}\n- {name: b}\n- {name: a}\n"), "4:10 there are two scenarios of this name");
  EXPECT_EQ(wrong("scenarios:\n- {name: a, x: 1}\n- {name: 1}\n"),
            "2:13 `x` is not known in a scenario: it takes name, given, expect; 3:10 name is no text");
  EXPECT_EQ(wrong("a: [\n").substr(0, 4), "2:1 ");
}

TEST(ScenarioRead, FactsAsInContexts) {
  EXPECT_EQ(wrong_given(""), "");
  EXPECT_EQ(wrong_given("[a]"), "3:10 given is no map");
  EXPECT_EQ(wrong_given("{sourc: push}"), "3:11 `sourc` is not known in the context; did you mean `source`?");
  EXPECT_EQ(wrong_given("{source: nobody}"), "3:19 source: GitLab knows no source of this name");
  EXPECT_EQ(wrong_given("{merge_request: {iid: -1}}"), "3:32 iid is no number of at least 0");
  EXPECT_EQ(wrong_given("{variables: {A: 1}}"), "3:26 A is no text");
  EXPECT_EQ(wrong_given("{variables: {projct: {A: x}}}"),
            "3:23 `projct` is not known in variables; did you mean `project`?");
  EXPECT_EQ(wrong_given("{branch: a, tag: v1}"),
            "3:27 there are `branch` and `tag`, and a pipeline runs for one of them");
  EXPECT_EQ(wrong("given: {branch: a, tag: true}\nscenarios: [{name: a}]\n"),
            "1:25 there are `branch` and `tag`, and a pipeline runs for one of them");
  EXPECT_EQ(wrong_given("{branch: a, tag: false}"), "");
  EXPECT_EQ(wrong("given: {ref: 1}\nscenarios: [{name: a}, {name: b}]\n"), "1:14 ref is no text");
}

TEST(ScenarioRead, ExpectationsThatCannotBe) {
  EXPECT_EQ(wrong_expect("{job: []}"), "3:12 `job` is not known in expect; did you mean `jobs`?");
  EXPECT_EQ(
      wrong_expect("{zzz: []}"),
      "3:12 `zzz` is not known in expect: it takes created, failure, skipped, jobs, present, absent, name, warnings");
  EXPECT_EQ(wrong_expect("{created: 1}"), "3:21 created is no true or false");
  EXPECT_EQ(wrong_expect("{created: true, failure: x}"),
            "3:11 `created`, `failure` and `skipped` contradict each other");
  EXPECT_EQ(wrong_expect("{failure: x, skipped: true}"),
            "3:11 `created`, `failure` and `skipped` contradict each other");
  EXPECT_EQ(wrong_expect("{skipped: false}"), "3:21 skipped takes true only; leave it out");
  EXPECT_EQ(wrong_expect("{created: false, jobs: [a]}"),
            "3:34 jobs can only be expected of a pipeline that is created");
  EXPECT_EQ(wrong_expect("{failure: /(/}"), "3:21 failure is no pattern: " + wrong_expect("{failure: /(/}").substr(28));
  EXPECT_EQ(wrong_expect("{jobs: [1]}"), "3:19 an item of jobs is no text");
  EXPECT_EQ(wrong_expect("{absent: {a: }}"), "3:20 absent is no list");
  EXPECT_EQ(wrong_expect("{jobs: {a: {when: manul}}}"), "3:29 when does not know `manul`; did you mean `manual`?");
  EXPECT_EQ(wrong_expect("{jobs: {a: {need: []}}}"), "3:23 `need` is not known in a; did you mean `needs`?");
  EXPECT_EQ(wrong_expect("{jobs: {a: {variables: {B: [1]}}}}"), "3:38 the value of a variable is no text");
}

Trigger trigger_of(const std::string& shared, const std::string& given, const tools::Settings& settings = {}) {
  const ScenarioFile file =
      read_scenarios("given: " + shared + "\nscenarios: [{name: a, given: " + given + "}]\n", "t", settings);
  EXPECT_TRUE(file.diagnostics.empty()) << render(file.diagnostics, file.nodes->files);
  return file.scenarios.at(0).trigger;
}

TEST(ScenarioRead, UsualTriggersOfSources) {
  const Trigger push = trigger_of("{}", "{}");
  EXPECT_EQ(push.source, PipelineSource::push);
  EXPECT_EQ(push.ref, "main");
  EXPECT_TRUE(push.compares_changes());
  EXPECT_TRUE(push.ref_protected);
  EXPECT_FALSE(trigger_of("{}", "{branch: x}").ref_protected);
  EXPECT_TRUE(trigger_of("{}", "{branch: x, protected: true}").ref_protected);
  const Trigger request =
      trigger_of("{default_branch: trunk}", "{source: mr, branch: x, merge_request: {labels: [l]}}");
  EXPECT_EQ(request.source, PipelineSource::merge_request_event);
  EXPECT_EQ(request.ref_kind, RefKind::merge_request);
  EXPECT_EQ(request.ref, "x");
  EXPECT_EQ(request.merge_request->target_branch, "trunk");
  EXPECT_EQ(request.merge_request->labels, std::vector<std::string>{"l"});
  const Trigger tag = trigger_of("{}", "{tag: v1}");
  EXPECT_EQ(tag.ref_kind, RefKind::tag);
  EXPECT_EQ(tag.ref, "v1");
  tools::Settings settings;
  settings.default_branch = "trunk";
  EXPECT_EQ(trigger_of("{}", "{source: web}", settings).ref, "trunk");
}

TEST(ScenarioRead, TellsOfChangedFilesThatAreNotComparedWith) {
  const auto notes = [](std::string_view text) { return read_scenarios(text, "t.yml", {}).notes; };
  EXPECT_EQ(notes("scenarios: [{name: a, given: {source: web, changed_files: [x]}}]\n"),
            std::vector<std::string>{"`a` gives changed_files, but its pipeline compares nothing: rules:changes always "
                                     "holds there"});
  EXPECT_TRUE(notes("scenarios: [{name: a, given: {changed_files: [x]}}]\n").empty());
  EXPECT_TRUE(notes("given: {changed_files: [x]}\nscenarios: [{name: a, given: {source: web}}]\n").empty());
}

TEST(ScenarioRead, ScenariosGoOverWhatIsShared) {
  const std::string shared =
      "{branch: a, changed_files: [x, y], variables: {A: '1', B: '1', project: {P: p}}, inputs: {i: 1}}";
  const Trigger made = trigger_of(shared, "{branch: b, changed_files: [z], variables: {B: '2'}, inputs: {i: 2, j: 3}}");
  EXPECT_EQ(made.ref, "b");
  EXPECT_EQ(made.changed_files, std::vector<std::string>{"z"});
  ASSERT_EQ(made.variables.size(), 2u);
  EXPECT_EQ(made.variables[0].value, "1");
  EXPECT_EQ(made.variables[1].value, "2");
  EXPECT_EQ(made.project_variables.size(), 1u);
  ASSERT_EQ(made.inputs.size(), 2u);
  EXPECT_EQ(made.inputs[0].second, Value(2));
  EXPECT_EQ(trigger_of("{tag: v1}", "{branch: b}").ref_kind, RefKind::branch);
}

TEST(ScenarioRead, Wildcards) {
  EXPECT_TRUE(tools::matches_wildcard("test *", "test 1/2"));
  EXPECT_TRUE(tools::matches_wildcard("*a*b", "xaab"));
  EXPECT_TRUE(tools::matches_wildcard("**", ""));
  EXPECT_FALSE(tools::matches_wildcard("a*b", "abc"));
  EXPECT_FALSE(tools::matches_wildcard("", "a"));
  EXPECT_FALSE(tools::matches_wildcard("*a*a*a*a*a*a*a*a*a*a*a*a*b", std::string(5000, 'a')));
}

// The schema's keys and the reader's are the same.
std::set<std::string> keys_of(const json& schema) {
  std::set<std::string> keys;
  for (const auto& [key, value] : schema.at("properties").items()) keys.insert(key);
  return keys;
}

std::set<std::string> listed(const std::string& message) {
  std::set<std::string> names;
  const std::size_t start = message.find("it takes ");
  if (start == std::string::npos) return names;
  std::istringstream words(message.substr(start + 9));
  for (std::string word; words >> word;) names.insert(word.substr(0, word.find(',')));
  return names;
}

TEST(ScenarioRead, FollowsItsSchema) {
  const auto schema =
      json::parse(tools::read_file(std::filesystem::path(WILLRUN_SOURCE_DIR) / "docs/tests.schema.json").text);
  const json& defs = schema.at("$defs");
  EXPECT_EQ(listed(wrong("0zzzzzzzz: 1\n")), keys_of(schema));
  EXPECT_EQ(listed(wrong("scenarios: [{0zzzzzzzz: 1}]\n")), keys_of(defs.at("scenario")));
  EXPECT_EQ(listed(wrong_expect("{0zzzzzzzz: 1}")), keys_of(defs.at("expect")));
  EXPECT_EQ(listed(wrong_expect("{jobs: {a: {0zzzzzzzz: 1}}}")), keys_of(defs.at("job")));
  for (const auto& word : defs.at("job").at("properties").at("when").at("enum"))
    EXPECT_EQ(wrong_expect("{jobs: {a: {when: " + word.get<std::string>() + "}}}"), "");
}

}  // namespace
}  // namespace willrun::scenario
