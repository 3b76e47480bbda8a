// Formats for other programs, with texts that try to break them.
#include <nlohmann/json.hpp>

#include <willrun/report.hpp>

#include <gtest/gtest.h>

namespace willrun {
namespace {

class Formats : public testing::Test {
 protected:
  Formats() {
    const FileId file = files_.add("a b,c:%.yml", "x: 1\ny: \"caf\xC3\xA9\"\n");
    Diagnostic found;
    found.code = "WR604";
    found.name = "variable-misspelt";
    found.severity = Severity::warning;
    found.span = {file, 8, 15};
    found.message = "<a> & \"b\", 100%: \xff\x01\n::error::x";
    found.labels = {{{file, 0, 1}, "here"}};
    all_ = {found, found};
    linted_.path = "a b,c:%.yml";
    linted_.files = &files_;
    linted_.diagnostics = all_;
    LintedFile missing;
    missing.path = "gone.yml";
    missing.failure = "no such file";
    both_ = {linted_, missing};
  }

  SourceFiles files_;
  std::vector<Diagnostic> all_;
  LintedFile linted_;
  std::vector<LintedFile> both_;
};

TEST_F(Formats, GithubEscapes) {
  const std::string line =
      "::warning file=a b%2Cc%3A%25.yml,line=2,endLine=2,col=4,endColumn=10,title=WR604 variable-misspelt::"
      "<a> & \"b\", 100%25: \xEF\xBF\xBD\xE2\x90\x81%0A::error::x\n";
  EXPECT_EQ(to_github(both_), line + line + "::error file=gone.yml::no such file\n");
}

TEST_F(Formats, JunitEscapes) {
  const std::string xml = to_junit(both_);
  EXPECT_NE(xml.find("message=\"&lt;a&gt; &amp; &quot;b&quot;, 100%: \xEF\xBF\xBD\xEF\xBF\xBD&#10;::error::x\""),
            std::string::npos)
      << xml;
  EXPECT_NE(xml.find("<testsuite name=\"a b,c:%.yml\" tests=\"2\" failures=\"2\" errors=\"0\">"), std::string::npos)
      << xml;
  EXPECT_NE(xml.find("<error message=\"no such file\"/>"), std::string::npos) << xml;
}

TEST_F(Formats, CodeQualityHasDistinctFingerprints) {
  const auto json = nlohmann::json::parse(to_code_quality(both_));
  ASSERT_EQ(json.size(), 3u);
  EXPECT_NE(json[0]["fingerprint"], json[1]["fingerprint"]);
  EXPECT_EQ(json[0]["severity"], "minor");
  EXPECT_EQ(json[0]["location"]["lines"]["begin"], 2);
  EXPECT_EQ(json[2]["location"]["path"], "gone.yml");
}

TEST_F(Formats, SarifHasRulesForAllResults) {
  const auto json = nlohmann::json::parse(to_sarif(both_));
  EXPECT_EQ(json["version"], "2.1.0");
  const auto& run = json["runs"][0];
  std::vector<std::string> rules;
  for (const auto& rule : run["tool"]["driver"]["rules"]) rules.push_back(rule["id"]);
  ASSERT_EQ(run["results"].size(), 2u);
  const auto& result = run["results"][0];
  EXPECT_EQ(std::count(rules.begin(), rules.end(), result["ruleId"].get<std::string>()), 1);
  const auto& physical = result["locations"][0]["physicalLocation"];
  EXPECT_EQ(physical["artifactLocation"]["uri"], "a%20b,c%3A%25.yml");
  EXPECT_EQ(physical["artifactLocation"]["uriBaseId"], "%SRCROOT%");
  EXPECT_EQ(physical["region"]["endColumn"], 10);
  EXPECT_EQ(run["tool"]["driver"]["rules"][result["ruleIndex"].get<std::size_t>()]["id"], "WR604");
  EXPECT_FALSE(result.contains("fixes"));
  EXPECT_EQ(result["relatedLocations"][0]["message"]["text"], "here");
  EXPECT_EQ(run["invocations"][0]["executionSuccessful"], false);
  EXPECT_EQ(run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"], "gone.yml: no such file");
}

TEST_F(Formats, SarifHasFixes) {
  all_[1].fix = Fix{{all_[1].span.file, 8, 9}, "z"};
  const auto json = nlohmann::json::parse(to_sarif(both_));
  const auto& fix = json["runs"][0]["results"][1]["fixes"][0];
  EXPECT_EQ(fix["description"]["text"], "unsafe fix");
  const auto& change = fix["artifactChanges"][0];
  EXPECT_EQ(change["artifactLocation"]["uri"], "a%20b,c%3A%25.yml");
  EXPECT_EQ(change["replacements"][0]["insertedContent"]["text"], "z");
  EXPECT_EQ(change["replacements"][0]["deletedRegion"]["startLine"], 2);
}

TEST_F(Formats, SarifNamesFilesByUris) {
  linted_.path = "/srv/a.yml";
  linted_.failure = "no such file";
  const auto json = nlohmann::json::parse(to_sarif(std::span(&linted_, 1)));
  const auto& place = json["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["locations"][0];
  EXPECT_EQ(place["physicalLocation"]["artifactLocation"]["uri"], "file:///srv/a.yml");
}

TEST_F(Formats, ShortTextIsALineEach) {
  const std::string text = to_short_text(both_);
  EXPECT_TRUE(text.starts_with("a b,c:%.yml:2:4: warning[WR604 variable-misspelt]: ")) << text;
  EXPECT_TRUE(text.ends_with("gone.yml: error: no such file\n")) << text;
}

}  // namespace
}  // namespace willrun
