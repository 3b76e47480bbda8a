// Diagnostics as people read them: whole texts, so that a mark one column off is seen.
#include <willrun/report.hpp>

namespace willrun {
namespace {

struct Fixture {
  SourceFiles files;
  FileId main;

  explicit Fixture(std::string text) : main(files.add(".gitlab-ci.yml", std::move(text))) {}

  Span span(std::string_view part) const {
    const auto at = static_cast<std::uint32_t>(files.text(main).find(part));
    return {main, at, at + static_cast<std::uint32_t>(part.size())};
  }

  static Diagnostic error(Span span, std::string message) {
    Diagnostic made;
    made.code = "WR204";
    made.name = "input-not-in-options";
    made.span = span;
    made.message = std::move(message);
    return made;
  }
};

TEST(DiagnosticText, MarksTheExactSpan) {
  const Fixture at("job:\n  script: x\n  when: sometimes\n");
  Diagnostic found = Fixture::error(at.span("sometimes"), "`sometimes` is no `when`, expected `always` or `never`");
  found.gitlab_text = "jobs:job when should be one of: always, never";
  found.help = "write `always`";
  EXPECT_EQ(render(found, at.files),
            "error[WR204 input-not-in-options]: `sometimes` is no `when`, expected `always` or `never`\n"
            " --> .gitlab-ci.yml:3:9\n"
            "  |\n"
            "3 |   when: sometimes\n"
            "  |         ^~~~~~~~~\n"
            "  = GitLab: jobs:job when should be one of: always, never\n"
            "  = help: write `always`\n");
}

TEST(DiagnosticText, KeepsMarksUnderTabsAndWideText) {
  const Fixture at("a:\t日本 \"e\u0301\" x\n");
  EXPECT_EQ(render(Fixture::error(at.span("日本"), "wide"), at.files),
            "error[WR204 input-not-in-options]: wide\n"
            " --> .gitlab-ci.yml:1:4\n"
            "  |\n"
            "1 | a:    日本 \"e\u0301\" x\n"
            "  |       ^~~~\n");
  EXPECT_EQ(render(Fixture::error(at.span("x"), "behind"), at.files),
            "error[WR204 input-not-in-options]: behind\n"
            " --> .gitlab-ci.yml:1:12\n"
            "  |\n"
            "1 | a:    日本 \"e\u0301\" x\n"
            "  |                ^\n");
}

TEST(DiagnosticText, ShowsNoControlCharacter) {
  const Fixture at("a: \x1b[31m\xff\u202e\x01 b\n");
  EXPECT_EQ(render(Fixture::error(at.span("b"), "colour \x1b[0m in\nmessages"), at.files),
            "error[WR204 input-not-in-options]: colour ␛[0m in\n"
            "    messages\n"
            " --> .gitlab-ci.yml:1:13\n"
            "  |\n"
            "1 | a: ␛[31m\uFFFD\uFFFD␁ b\n"
            "  |             ^\n");
}

TEST(DiagnosticText, MarksThePlaceOfAnEmptySpan) {
  const Fixture at("a:\n");
  EXPECT_EQ(render(Fixture::error({at.main, 2, 2}, "nothing"), at.files),
            "error[WR204 input-not-in-options]: nothing\n"
            " --> .gitlab-ci.yml:1:3\n"
            "  |\n"
            "1 | a:\n"
            "  |   ^\n");
  EXPECT_EQ(render(Fixture::error({at.main, 900, 950}, "behind the end"), at.files),
            "error[WR204 input-not-in-options]: behind the end\n"
            " --> .gitlab-ci.yml:2:1\n"
            "  |\n"
            "2 |\n"
            "  | ^\n");
}

TEST(DiagnosticText, MarksTheFirstLineOfALongSpan) {
  const Fixture at("job:\n  script:\n    - a\n    - b\n");
  EXPECT_EQ(render(Fixture::error(at.span("script:\n    - a\n    - b"), "long"), at.files),
            "error[WR204 input-not-in-options]: long\n"
            " --> .gitlab-ci.yml:2:3\n"
            "  |\n"
            "2 |   script:\n"
            "  |   ^~~~~~~\n");
}

TEST(DiagnosticText, PutsLabelsInTheOrderOfLinesAndFiles) {
  Fixture at("spec:\n  inputs:\n    env:\n      options: [a, b]\n---\njob:\n  script: $[[ inputs.env ]] $[[ x ]]\n");
  const FileId other = at.files.add("templates/base.yml", "include: here\n");
  Diagnostic found = Fixture::error(at.span("$[[ inputs.env ]]"), "wrong");
  found.severity = Severity::warning;
  found.labels = {{{other, 9, 13}, "included from here"},
                  {at.span("env"), "declared here"},
                  {at.span("$[[ x ]]"), "and this"},
                  {at.span("[a, b]"), "the options"}};
  EXPECT_EQ(render(found, at.files),
            "warning[WR204 input-not-in-options]: wrong\n"
            " --> .gitlab-ci.yml:7:11\n"
            "  |\n"
            "3 |     env:\n"
            "  |     --- declared here\n"
            "4 |       options: [a, b]\n"
            "  |                ------ the options\n"
            "...\n"
            "7 |   script: $[[ inputs.env ]] $[[ x ]]\n"
            "  |           ^~~~~~~~~~~~~~~~~\n"
            "  |                             -------- and this\n"
            " ::: templates/base.yml:1:10\n"
            "  |\n"
            "1 | include: here\n"
            "  |          ---- included from here\n");
}

TEST(DiagnosticText, CutsLongLinesAroundTheMarks) {
  const Fixture at("a: " + std::string(3'000'000, 'x') + "HERE" + std::string(3'000'000, 'y') + "\n");
  TextStyle style;
  style.width = 50;
  EXPECT_EQ(render(Fixture::error(at.span("HERE"), "far"), at.files, style),
            "error[WR204 input-not-in-options]: far\n"
            " --> .gitlab-ci.yml:1:3000004\n"
            "  |\n"
            "1 | …xxxxxxxxxxxxxxxxxxxxxHEREyyyyyyyyyyyyyyyyyyy…\n"
            "  |                       ^~~~\n");
  const Fixture wide("a: " + std::string(60, 'x') + "\n");
  EXPECT_EQ(render(Fixture::error({wide.main, 0, 1}, "near"), wide.files, style),
            "error[WR204 input-not-in-options]: near\n"
            " --> .gitlab-ci.yml:1:1\n"
            "  |\n"
            "1 | a: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…\n"
            "  | ^\n");
  EXPECT_EQ(render(Fixture::error({wide.main, 3, 63}, "over"), wide.files, style),
            "error[WR204 input-not-in-options]: over\n"
            " --> .gitlab-ci.yml:1:4\n"
            "  |\n"
            "1 | a: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…\n"
            "  |    ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n");
}

TEST(DiagnosticText, FoldsMessagesToTheWidth) {
  const Fixture at("a: b\n");
  Diagnostic found = Fixture::error(at.span("b"), "a message of many words that has to be folded somewhere");
  found.gitlab_text = "GitLab also says quite a lot about this one";
  TextStyle style;
  style.width = 50;
  EXPECT_EQ(render(found, at.files, style),
            "error[WR204 input-not-in-options]: a message of\n"
            "    many words that has to be folded somewhere\n"
            " --> .gitlab-ci.yml:1:4\n"
            "  |\n"
            "1 | a: b\n"
            "  |    ^\n"
            "  = GitLab: GitLab also says quite a lot about\n"
            "            this one\n");
}

TEST(DiagnosticText, PaintsOnDemandOnly) {
  const Fixture at("a: b\n");
  TextStyle style;
  style.colour = true;
  style.paths.prefix = "../";
  EXPECT_EQ(render(Fixture::error(at.span("b"), "red"), at.files, style),
            "\x1b[1;31merror[WR204 input-not-in-options]\x1b[0m: red\n"
            " \x1b[1;34m-->\x1b[0m ../.gitlab-ci.yml:1:4\n"
            "  \x1b[1;34m|\x1b[0m\n"
            "\x1b[1;34m1 |\x1b[0m a: b\n"
            "  \x1b[1;34m|\x1b[0m    \x1b[1;31m^\x1b[0m\n");
}

TEST(DiagnosticText, NamesFilesFromWhereTheUserStands) {
  SourceFiles files;
  const FileId below = files.add("ci/jobs/test.yml", "a\n");
  const FileId beside = files.add("other/test.yml", "a\n");
  TextStyle style;
  style.paths = {.prefix = "../", .folder = "ci/"};
  EXPECT_NE(render(Fixture::error({below, 0, 1}, "x"), files, style).find("--> jobs/test.yml:1:1"), std::string::npos);
  EXPECT_NE(render(Fixture::error({beside, 0, 1}, "x"), files, style).find("--> ../other/test.yml:1:1"),
            std::string::npos);
}

TEST(DiagnosticText, SortsByPlaceAndDoesWithoutOne) {
  const Fixture at("a: b\nc: d\n");
  Diagnostic nowhere = Fixture::error({FileId{7}, 0, 0}, "no such file");
  Diagnostic warned = Fixture::error(at.span("c"), "second");
  warned.severity = Severity::warning;
  const std::vector<Diagnostic> all = {nowhere, warned, Fixture::error(at.span("c"), "first"),
                                       Fixture::error(at.span("a"), "zeroth")};
  const std::string text = render(all, at.files);
  EXPECT_LT(text.find("zeroth"), text.find("first"));
  EXPECT_LT(text.find("first"), text.find("second"));
  EXPECT_TRUE(text.ends_with("\n\nerror[WR204 input-not-in-options]: no such file\n")) << text;
}

}  // namespace
}  // namespace willrun
