// docs/checks.md is made from the table of findings and the files in fixtures/checks: what it shows is what happens.
// WILLRUN_REFRESH_GOLDEN=1 writes it anew.
#include <willrun/fixes.hpp>
#include <willrun/lint.hpp>
#include <willrun/report.hpp>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "scenario/read.hpp"
#include "willrun/shell_check.hpp"

namespace willrun {
namespace {

const std::filesystem::path kRoot = WILLRUN_SOURCE_DIR;

std::string read(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// The limit that the first line of a fixture sets, so that an example need not be as long as GitLab's own limit.
LoadOptions options_of(std::string_view text) {
  constexpr std::string_view kDirective = "# Limits::includes = ";
  LoadOptions options;
  if (text.starts_with(kDirective))
    options.limits.includes = static_cast<std::uint32_t>(std::stoul(std::string(text.substr(kDirective.size(), 9))));
  return options;
}

// A fixture, loaded and checked; GitLab's findings and those of the checks together.
struct Checked {
  Checked(const FindingKind& kind, std::string_view ending)
      : name(std::string(kind.code) + std::string(ending) + ".yml"), text(read(kRoot / "fixtures/checks" / name)) {
    if (kind.name == "scenario-invalid") {
      scenarios.emplace(scenario::read_scenarios(text, "willrun-tests.yml", {}));
      findings = scenarios->diagnostics;
    } else {
      check(kind);
    }
  }

  // As a configuration.
  void check(const FindingKind& kind) {
    MemoryFiles files;
    files.add(".gitlab-ci.yml", text);
    files.add_project("group/templates", {{"empty.yml", ""},
                                          {"build.yml", "job: {script: make}\n"},
                                          {"test.yml", "test: {script: make test}\n"},
                                          {"deploy.yml", "deploy: {script: make deploy}\n"},
                                          {"with-target.yml",
                                           "spec: {inputs: {target: {}}}\n---\n"
                                           "job: {script: 'make $[[ inputs.target ]]'}\n"}});
    Trigger trigger;
    trigger.source = PipelineSource::unknown;
    config.emplace(load(".gitlab-ci.yml", files, trigger, options_of(text)));
    findings = config->diagnostics();
    for (Diagnostic& found : lint_findings(*config)) findings.push_back(std::move(found));
    if (kind.name != "shell-syntax") return;
    for (Diagnostic& found : cli::check_scripts(*config).findings) findings.push_back(std::move(found));
  }

  const SourceFiles& files() const { return scenarios ? scenarios->nodes->files : config->files(); }

  const Diagnostic* of(const FindingKind& kind) const {
    for (const Diagnostic& found : findings) {
      if (found.code == kind.code) return &found;
    }
    return nullptr;
  }
  std::string name;
  std::string text;
  std::optional<Config> config;
  std::optional<scenario::ScenarioFile> scenarios;
  std::vector<Diagnostic> findings;
};

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// Numbers of the lines of `text`, from 0, that are not in the longest common sequence with `other`.
std::vector<std::size_t> lines_of_its_own(const std::vector<std::string>& text, const std::vector<std::string>& other) {
  std::vector<std::vector<std::size_t>> common(text.size() + 1, std::vector<std::size_t>(other.size() + 1));
  for (std::size_t i = text.size(); i-- > 0;) {
    for (std::size_t j = other.size(); j-- > 0;)
      common[i][j] = text[i] == other[j] ? common[i + 1][j + 1] + 1 : std::max(common[i + 1][j], common[i][j + 1]);
  }
  std::vector<std::size_t> own;
  std::size_t j = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    while (j < other.size() && text[i] != other[j] && common[i][j + 1] == common[i][j]) ++j;
    if (j < other.size() && text[i] == other[j]) {
      ++j;
    } else {
      own.push_back(i);
    }
  }
  return own;
}

std::string as_code(std::string text) {
  text.erase(0, text.find_first_not_of(" -"));
  for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2)) text.insert(at, "\\");
  return "`" + text + "`";
}

constexpr std::size_t kMostLines = 3;  // in a cell

std::string cell(const std::vector<std::string>& lines, const std::vector<std::size_t>& numbers) {
  std::string out;
  for (std::size_t i = 0; i < std::min(numbers.size(), kMostLines); ++i) {
    if (i > 0) out += "<br>";
    out += as_code(lines[numbers[i]]);
  }
  return numbers.size() > kMostLines ? out + "<br>..." : out;
}

std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) out.append(c == '|' ? "\\|" : std::string(1, c));
  return out;
}

std::string_view fix_cell(std::string_view code) {
  switch (fix_kind(code)) {
    case FixKind::none: return "";
    case FixKind::safe: return "`--fix`";
    case FixKind::unsafe: return "`--unsafe-fixes`";
  }
  return "";
}

// The example's cell has the line that the finding marks and the lines that the near miss has otherwise; those stand in
// the near miss's cell.
std::string row(const FindingKind& kind, const Checked& shows, const Checked& near) {
  const Diagnostic* found = shows.of(kind);
  const std::uint32_t marked = shows.files().locate(found->span.file, found->span.begin).line - 1;
  const std::vector<std::string> example = lines_of(shows.text);
  const std::vector<std::string> miss = lines_of(near.text);
  std::vector<std::size_t> own = lines_of_its_own(example, miss);
  const bool is_shown = std::find(own.begin(), own.end(), marked) != own.end() || marked >= example.size();
  if (!is_shown) own.insert(own.begin(), marked);
  const std::vector<std::size_t> instead = lines_of_its_own(miss, example);
  return fmt::format("| [{}](#{}) | {} | {} | {} | {} | {} | {} |\n", kind.code, kind.name, plain(kind.meaning),
                     cell(example, own), instead.empty() ? "without it" : cell(miss, instead), to_string(kind.severity),
                     plain(found->help), fix_cell(kind.code));
}

std::string section(const FindingKind& kind, const Checked& shows, const Checked& near) {
  return fmt::format("\n## {}\n\n{}, {}: {}.\n{}{}\n```yaml\n{}```\n\n```text\n{}```\n\nNot this:\n\n```yaml\n{}```\n",
                     kind.name, kind.code, to_string(kind.severity), kind.meaning, kind.advice.empty() ? "" : "\n",
                     kind.advice.empty() ? std::string() : std::string(kind.advice) + "\n", shows.text,
                     render(*shows.of(kind), shows.files()), near.text);
}

TEST(ChecksPage, ShowsWhatHappens) {
  std::string rows;
  std::string sections;
  for (const FindingKind& kind : finding_kinds()) {
    const bool has_fixture = std::filesystem::exists(kRoot / "fixtures/checks" / (std::string(kind.code) + ".yml"));
    ASSERT_TRUE(has_fixture) << kind.code << " has no fixture";
    const Checked shows(kind, "");
    const Checked near(kind, "-near");
    ASSERT_NE(shows.of(kind), nullptr) << kind.code << " is not found in " << shows.name;
    EXPECT_EQ(near.of(kind), nullptr) << kind.code << " is found in " << near.name;
    EXPECT_FALSE(near.text.empty()) << near.name;
    rows += row(kind, shows, near);
    sections += section(kind, shows, near);
    EXPECT_NE(fix_kind(kind.code) != FixKind::none && !shows.of(kind)->fix, true) << kind.code << " shows no fix";
    EXPECT_NE(fix_kind(kind.code) == FixKind::none && shows.of(kind)->fix, true)
        << kind.code << " has a fix of no kind";
  }
  const std::string page =
      "# Findings\n\n| code | what it finds | example | near miss, no finding | level | what to do | fix "
      "|\n|---|---|---|---|---|---|---|\n" +
      rows +
      "\nErrors are what GitLab refuses. Checks (WR6xx, and WR407 where GitLab has no warning of its own) are about "
      "what GitLab accepts:\n`# willrun: ignore WR604 reason` on the line, or alone on the line above, silences one "
      "there, and `lint:` in\n[.willrun.yml](settings.md) sets levels. WR7xx are about files of [willrun "
      "test](testing.md).\n\n"
      "The table shows the line that is marked and what the two texts have otherwise. `lint --fix` writes the fixes "
      "that leave what\nGitLab does as it is; with `--unsafe-fixes` also those that make the text say what it "
      "probably was to say.\n" +
      sections;
  const std::filesystem::path file = kRoot / "docs/checks.md";
  if (std::getenv("WILLRUN_REFRESH_GOLDEN") != nullptr) std::ofstream(file) << page;
  EXPECT_TRUE(read(file) == page) << "the page is not what happens: WILLRUN_REFRESH_GOLDEN=1 writes it anew";
}

}  // namespace
}  // namespace willrun
