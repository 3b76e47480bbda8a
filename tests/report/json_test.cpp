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
       "labels": [{"text": "nowhere", "place": null}]}]},
    {"path": "x.yml", "failure": "no such file"}]})"));
}

TEST(DecisionJson, HoldsEveryPartOfADecision) {
  SourceFiles files;
  files.add("ci.yml", "job:\n  rules: []\n");
  Decision decision;
  decision.status = Decision::Status::created;
  decision.stages = {"test"};
  JobDecision job;
  job.name = "job";
  job.stage = "test";
  job.interruptible = true;
  job.rule = DecidingRule{0, {FileId{0}, 0, 3}, "$A"};
  job.needs = {{"other", false, true}};
  job.variables = {{"B", "2"}, {"A", "1"}};
  job.span = {FileId{0}, 0, 3};
  decision.jobs = {job};
  decision.left_out = {{"gone", "test", LeftOut::no_rule_matched, std::nullopt, {FileId{0}, 0, 3}}};

  const auto place = nlohmann::json::parse(
      R"({"file": "sub/ci.yml", "line": 1, "column": 1, "end_line": 1, "end_column": 4, "begin": 0, "end": 3})");
  const auto json = nlohmann::json::parse(to_json(decision, {}, files, {.prefix = "sub/"}));
  EXPECT_EQ(json["status"], "created");
  EXPECT_EQ(json["created"], true);
  EXPECT_EQ(json["message"], nullptr);
  EXPECT_EQ(json["jobs"][0]["rule"], (nlohmann::json{{"number", 1}, {"if", "$A"}, {"place", place}}));
  EXPECT_EQ(json["jobs"][0]["needs"], nlohmann::json::parse(R"([{"job":"other","artifacts":false,"optional":true}])"));
  EXPECT_EQ(json["jobs"][0]["variables"], (nlohmann::json{{"A", "1"}, {"B", "2"}}));
  EXPECT_EQ(json["jobs"][0]["start_in"], nullptr);
  EXPECT_EQ(json["left_out"][0]["reason"], "no_rule_matched");
  EXPECT_EQ(json["left_out"][0]["place"], place);
  EXPECT_EQ(json["findings"], nlohmann::json::array());
}

}  // namespace
}  // namespace willrun
