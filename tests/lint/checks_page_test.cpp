// docs/checks.md is made from the table of findings and the files in fixtures/checks: what it shows is what happens.
// WILLRUN_REFRESH_GOLDEN=1 writes it anew.
#include <willrun/lint.hpp>
#include <willrun/report.hpp>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

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

// A fixture, loaded and checked; GitLab's findings and those of the checks together.
struct Checked {
  Checked(const FindingKind& kind, std::string_view ending)
      : name(std::string(kind.code) + std::string(ending) + ".yml"), text(read(kRoot / "fixtures/checks" / name)) {
    MemoryFiles files;
    files.add(".gitlab-ci.yml", text);
    files.add_project("group/templates", {{"empty.yml", ""},
                                          {"build.yml", "job: {script: make}\n"},
                                          {"with-target.yml",
                                           "spec: {inputs: {target: {}}}\n---\n"
                                           "job: {script: 'make $[[ inputs.target ]]'}\n"}});
    Trigger trigger;
    trigger.source = PipelineSource::unknown;
    config.emplace(load(".gitlab-ci.yml", files, trigger));
    findings = config->diagnostics();
    for (Diagnostic& found : lint_findings(*config)) findings.push_back(std::move(found));
    if (kind.name != "shell-syntax") return;
    for (Diagnostic& found : cli::check_scripts(*config).findings) findings.push_back(std::move(found));
  }

  const Diagnostic* of(const FindingKind& kind) const {
    for (const Diagnostic& found : findings) {
      if (found.code == kind.code) return &found;
    }
    return nullptr;
  }
  std::string line_of(std::uint32_t line) const {
    std::string shown(config->files().line(FileId{}, line));
    shown.erase(0, shown.find_first_not_of(" -"));
    return shown;
  }

  std::string name;
  std::string text;
  std::optional<Config> config;
  std::vector<Diagnostic> findings;
};

std::string cell(std::string text) {
  for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2)) text.insert(at, "\\");
  return "`" + text + "`";
}

std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) out.append(c == '|' ? "\\|" : std::string(1, c));
  return out;
}

std::string row(const FindingKind& kind, const Checked& shows, const Checked& near) {
  const Diagnostic* found = shows.of(kind);
  const std::uint32_t line = shows.config->files().locate(found->span.file, found->span.begin).line;
  return fmt::format("| [{}](#{}) | {} | {} | {} | {} | {} |\n", kind.code, kind.name, plain(kind.meaning),
                     cell(shows.line_of(line)), cell(near.line_of(line)), to_string(kind.severity),
                     plain(found->help) + (found->fix ? " (`--fix` writes what is read now)" : ""));
}

std::string section(const FindingKind& kind, const Checked& shows, const Checked& near) {
  return fmt::format("\n## {}\n\n{}, {}: {}.\n{}{}\n```yaml\n{}```\n\n```text\n{}```\n\nNot this:\n\n```yaml\n{}```\n",
                     kind.name, kind.code, to_string(kind.severity), kind.meaning, kind.advice.empty() ? "" : "\n",
                     kind.advice.empty() ? std::string() : std::string(kind.advice) + "\n", shows.text,
                     render(*shows.of(kind), shows.config->files()), near.text);
}

TEST(ChecksPage, ShowsWhatHappens) {
  std::string rows;
  std::string sections;
  for (const FindingKind& kind : finding_kinds()) {
    const bool has_fixture = std::filesystem::exists(kRoot / "fixtures/checks" / (std::string(kind.code) + ".yml"));
    // More than 150 files make no example.
    EXPECT_EQ(has_fixture, kind.name != "include-limit") << kind.code << " has no fixture";
    if (!has_fixture) continue;
    const Checked shows(kind, "");
    const Checked near(kind, "-near");
    ASSERT_NE(shows.of(kind), nullptr) << kind.code << " is not found in " << shows.name;
    EXPECT_EQ(near.of(kind), nullptr) << kind.code << " is found in " << near.name;
    EXPECT_FALSE(near.text.empty()) << near.name;
    rows += row(kind, shows, near);
    sections += section(kind, shows, near);
  }
  const std::string page =
      "# Findings\n\n| code | what it finds | example | near miss, no finding | level | what to do "
      "|\n|---|---|---|---|---|---|\n" +
      rows +
      "\nErrors are what GitLab refuses. Checks (WR6xx) are about what GitLab accepts: `# willrun: ignore WR604 "
      "reason` on the\n"
      "line, or alone on the line above, silences one there, and `lint:` in [.willrun.yml](settings.md) sets "
      "levels.\n" +
      sections;
  const std::filesystem::path file = kRoot / "docs/checks.md";
  if (std::getenv("WILLRUN_REFRESH_GOLDEN") != nullptr) std::ofstream(file) << page;
  EXPECT_EQ(read(file), page) << "refresh it with WILLRUN_REFRESH_GOLDEN=1";
}

}  // namespace
}  // namespace willrun
