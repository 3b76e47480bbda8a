#include <nlohmann/json.hpp>

#include <willrun/report.hpp>

namespace willrun {
namespace {

TEST(LintJson, HoldsFilesWithFindingsAndPlaces) {
  SourceFiles files;
  const FileId file = files.add("ci.yml",
                                "a: \xff"
                                "b\n");
  Diagnostic found;
  found.code = "WR101";
  found.name = "yaml-syntax";
  found.span = {file, 3, 5};
  found.message = "bad \xff byte";
  found.labels = {{{FileId{9}, 0, 0}, "nowhere"}};
  const std::vector<Diagnostic> all = {found};
  LintedFile linted;
  linted.path = "ci.yml";
  linted.files = &files;
  linted.diagnostics = all;
  const std::vector<std::string> errors = {"Invalid configuration format"};
  linted.gitlab_errors = errors;
  LintedFile missing;
  missing.path = "x.yml";
  missing.failure = "no such file";
  const std::vector<LintedFile> both = {linted, missing};

  const auto json = nlohmann::json::parse(to_json(both));
  EXPECT_EQ(json, nlohmann::json::parse(R"({"files": [
    {"path": "ci.yml", "failure": null, "valid": false, "errors": ["Invalid configuration format"], "warnings": [],
     "findings": [{"code": "WR101", "name": "yaml-syntax", "severity": "error", "message": "bad )"
                                        "\uFFFD"
                                        R"( byte", "gitlab": null, "help": null,
       "place": {"file": "ci.yml", "line": 1, "column": 4, "end_line": 1, "end_column": 6, "begin": 3, "end": 5},
       "labels": [{"text": "nowhere", "place": null}], "fix": null}]},
    {"path": "x.yml", "failure": "no such file"}]})"));
}

TEST(DecisionJson, HoldsEveryPartOfADecision) {
  MemoryFiles source;
  source.add("ci.yml",
             "variables: {B: '2'}\nother: {stage: build, script: x}\n"
             "job: {script: x, interruptible: true, needs: [{job: other, artifacts: false}], variables: {A: '1'},\n"
             "      rules: [{if: $A}]}\ngone: {script: x, rules: [{if: $NO}]}\n");
  LoadOptions options;
  options.mode = LoadMode::pipeline;
  const Trigger trigger = Trigger::by_token("main");
  const Config config = load("ci.yml", source, trigger, options);
  const auto json =
      nlohmann::json::parse(to_json(decide(config, trigger), config.diagnostics(), config.files(), {.prefix = "sub/"}));
  EXPECT_EQ(json["status"], "created");
  EXPECT_EQ(json["created"], true);
  EXPECT_EQ(json["message"], nullptr);
  const auto& job = json["jobs"][1];
  EXPECT_EQ(job["rule"]["number"], 1);
  EXPECT_EQ(job["rule"]["if"], "$A");
  EXPECT_EQ(job["rule"]["place"]["file"], "sub/ci.yml");
  EXPECT_EQ(job["needs"], nlohmann::json::parse(R"([{"job":"other","artifacts":false,"optional":false}])"));
  EXPECT_EQ(job["variables"], (nlohmann::json{{"A", "1"}, {"B", "2"}}));
  EXPECT_EQ(job["start_in"], nullptr);
  EXPECT_EQ(job["place"]["line"], 3);
  EXPECT_EQ(json["left_out"][0]["reason"], "no_rule_matched");
  EXPECT_EQ(json["left_out"][0]["name"], "gone");
  EXPECT_EQ(json["findings"], nlohmann::json::array());
}

}  // namespace
}  // namespace willrun
