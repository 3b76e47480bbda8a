// What `lint --fix` writes, and that GitLab reads it as before.
#include <willrun/fixes.hpp>
#include <willrun/lint.hpp>
#include <willrun/processed.hpp>

#include "support/load.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace willrun {
namespace {

using Files = std::vector<std::pair<std::string, std::string>>;

constexpr int kMostRounds = 10;
const std::string kEntry = ".gitlab-ci.yml";

Config load_files(const Files& files, PipelineSource source = PipelineSource::unknown) {
  MemoryFiles memory;
  for (const auto& [name, text] : files) memory.add(name, text);
  Trigger trigger;
  trigger.source = source;
  return load(kEntry, memory, trigger);
}

std::vector<Diagnostic> findings_of(const Config& config) {
  std::vector<Diagnostic> all = config.diagnostics();
  for (Diagnostic& one : lint_findings(config)) all.push_back(std::move(one));
  return all;
}

// As `lint --fix` does it, in rounds.
Files fixed(Files files, bool unsafe = false) {
  for (int round = 0; round < kMostRounds; ++round) {
    const Config config = load_files(files);
    const std::vector<Diagnostic> found = findings_of(config);
    std::size_t mended = 0;
    for (std::size_t file = 0; file < config.files().size(); ++file) {
      const auto id = static_cast<FileId>(file);
      const auto known = std::ranges::find(files, config.files().name(id), &std::pair<std::string, std::string>::first);
      if (known == files.end()) continue;
      const FixedText made = with_fixes(config.files().text(id), id, found, unsafe);
      mended += made.mended;
      if (made.mended > 0) known->second = made.text;
    }
    if (mended == 0) break;
  }
  return files;
}

std::string fixed_text(const std::string& text, bool unsafe = false) {
  return fixed({{kEntry, text}}, unsafe)[0].second;
}

std::string rule(const std::string& condition, bool unsafe = false) {
  const std::string before = "j:\n  script: x\n  rules:\n    - if: ";
  const std::string made = fixed_text(before + condition + "\n", unsafe);
  EXPECT_TRUE(made.starts_with(before) && made.ends_with('\n')) << made;
  return made.substr(before.size(), made.size() - before.size() - 1);
}

TEST(Fixes, CompareTextsThatStandAlone) {
  EXPECT_EQ(rule("$A == 'x' || 'y' || 'z'", true), "$A == 'x' || $A == 'y' || $A == 'z'");
  EXPECT_EQ(rule("$B && $A == ('x' || 'y')", true), "$B && ($A == 'x' || $A == 'y')");
  EXPECT_EQ(rule("$A != 'x' || 'y'", true), "$A != 'x' || 'y'");
  EXPECT_EQ(rule("$A == 'x' || 'y'"), "$A == 'x' || 'y'");
}

TEST(Fixes, SpellConditionsAsGitLabReadsThem) {
  EXPECT_EQ(rule("$A (== 'b')"), "$A == 'b'");
  EXPECT_EQ(rule("($A) (== 'b') && $C"), "$A == 'b' && $C");
  EXPECT_EQ(rule("$A $B &&"), "$A && $B");
  EXPECT_EQ(rule("'$A (== \"it''s\")'"), "'$A == \"it''s\"'");
  EXPECT_EQ(rule("\"$A (== \\\"b\\\")\""), "\"$A == \\\"b\\\"\"");
  EXPECT_EQ(rule("$A && ($B || $C (== 'd'))"), "$A && ($B || $C == 'd')");
  // The parenthesis keeps `==` from taking what waits before it.
  EXPECT_EQ(rule("$X && !$A (== 'b')"), "$X && !($A == 'b')");
  // Quotes at the start would be YAML's.
  EXPECT_EQ(rule("('b' ==) $A"), "('b' ==) $A");
}

TEST(Fixes, WriteWhatWasMeantWhereTheyMay) {
  const auto meant = [](const std::string& condition) { return rule(condition, true); };
  EXPECT_EQ(meant("$CI_COMMIT_BRANCH = 'x'"), "$CI_COMMIT_BRANCH == 'x'");
  EXPECT_EQ(meant("$A and $B"), "$A && $B");
  EXPECT_EQ(meant("$CI_COMIT_TAG"), "$CI_COMMIT_TAG");
  EXPECT_EQ(meant("$CI_PIPELINE_SOURCE == 'merge_request'"), "$CI_PIPELINE_SOURCE == 'merge_request_event'");
  EXPECT_EQ(meant("$A == \"$B\""), "$A == $B");
  EXPECT_EQ(meant("$A == \"x$B\""), "$A == \"x$B\"");
  EXPECT_EQ(meant("$A != ''"), "$A");
  EXPECT_EQ(meant("$X && !$A == 'b'"), "$X && $A != 'b'");
  EXPECT_EQ(meant("'! $A =~ /bc/ || $D'"), "'$A !~ /bc/ || $D'");
  EXPECT_EQ(meant("'!!$A == \"b\"'"), "'!!$A == \"b\"'");
  EXPECT_EQ(rule("$X && !$A == 'b'"), "$X && !$A == 'b'");
  EXPECT_EQ(fixed_text("variables: {A: 0644}\nj: {script: x}\n"), "variables: {A: 0644}\nj: {script: x}\n");
  EXPECT_EQ(fixed_text("variables: {A: 0644}\nj: {script: x}\n", true), "variables: {A: \"0644\"}\nj: {script: x}\n");
  EXPECT_EQ(meant("$A != '' && $B"), "($A != null && $A != \"\") && $B");
  EXPECT_EQ(meant("($A) != ''"), "($A) != ''");
  EXPECT_EQ(meant("$A =~ 'release'"), "$A =~ /release/");
  EXPECT_EQ(meant("$A =~ 'v1.0'"), "$A =~ 'v1.0'");
  EXPECT_EQ(rule("$A == \"$B\""), "$A == \"$B\"");
  EXPECT_EQ(fixed_text("j:\n  script: x\n  alow_failure: true\n", true), "j:\n  script: x\n  allow_failure: true\n");
}

TEST(Fixes, MoveKeywordsBelowDefault) {
  EXPECT_EQ(fixed_text("image: a\nj: {script: x}\n"), "default:\n  image: a\nj: {script: x}\n");
  EXPECT_EQ(fixed_text("# about\nimage:\n  name: a\n\n  entrypoint: ['']\n\n# jobs\nj: {script: x}\n"),
            "# about\ndefault:\n  image:\n    name: a\n\n    entrypoint: ['']\n\n# jobs\nj: {script: x}\n");
  EXPECT_EQ(fixed_text("before_script:\n- |\n  a\n   b\nj: {script: x}\n# last\ncache: {paths: [c]}\n"),
            "default:\n  before_script:\n  - |\n    a\n     b\n  # last\n  cache: {paths: [c]}\nj: {script: x}\n");
  EXPECT_EQ(fixed_text("image: a\r\nj: {script: x}\r\n"), "default:\r\n  image: a\r\nj: {script: x}\r\n");
  EXPECT_EQ(fixed_text("j: {script: x}\nimage: a"), "j: {script: x}\ndefault:\n  image: a\n");
}

TEST(Fixes, LeaveKeywordsWhereMovingThemMayChangeSomething) {
  const auto stays = [](const std::string& text) { EXPECT_EQ(fixed_text(text), text); };
  stays("image: a\ndefault: {tags: [x]}\nj: {script: x}\n");
  stays("before_script: [a]\nj: {script: !reference [before_script]}\n");
  stays("image: a\n.x: &x [b]\nbefore_script: *x\nj: {script: x}\n");
  stays("{image: a, j: {script: x}}\n");
  stays("spec: {inputs: {a: {default: b}}}\n---\nimage: $[[ inputs.a ]]\nj: {script: x}\n");
  const Files included = {{kEntry, "include: /b.yml\nimage: a\nj: {script: x}\n"}, {"b.yml", "image: b\n"}};
  EXPECT_EQ(fixed(included), included);
}

// Jobs as GitLab's processor hands them on; rules apart, whose texts a fix may change.
std::vector<Value> processed_jobs(const Config& config) {
  std::vector<Value> jobs;
  const auto processed = process(config);
  if (!processed) return jobs;
  for (const Value& job : processed->jobs) {
    Value::Mapping kept = job.pairs();
    std::erase_if(kept, [](const auto& pair) { return pair.first.text() == "rules"; });
    jobs.emplace_back(std::move(kept));
  }
  return jobs;
}

std::string decisions(const Files& files) {
  std::string all;
  for (const UsualTrigger& usual : usual_triggers({})) {
    MemoryFiles memory;
    for (const auto& [name, text] : files) memory.add(name, text);
    LoadOptions options;
    options.mode = LoadMode::pipeline;
    const Config config = load(kEntry, memory, usual.trigger, options);
    all += usual.name + ": " + testing_support::print(decide(config, usual.trigger)) + "\n";
  }
  return all;
}

std::string text_of_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// The configurations that are kept here, and all conformance cases where they are present.
std::vector<Files> configurations() {
  const std::filesystem::path root = WILLRUN_SOURCE_DIR;
  std::vector<Files> all = {{{kEntry, text_of_file(root / "fixtures/demo/.gitlab-ci.yml")}}};
  for (const auto& entry : std::filesystem::directory_iterator(root / "fixtures/checks"))
    all.push_back({{kEntry, text_of_file(entry.path())}});
  for (const std::filesystem::path& folder :
       {root / "fixtures/conformance", std::filesystem::path(WILLRUN_SHARED) / "conformance"}) {
    for (const std::string_view name : {"config.jsonl", "pipeline.jsonl"}) {
      std::ifstream in(folder / name);
      for (std::string line; std::getline(in, line);) {
        const auto body = nlohmann::json::parse(line);
        if (!body.contains("files") || body.value("entry", "") != kEntry) continue;
        Files& files = all.emplace_back();
        for (const auto& [path, text] : body.at("files").items()) {
          if (text.is_string()) files.emplace_back(path, text.get<std::string>());
        }
      }
    }
  }
  return all;
}

TEST(Fixes, LeaveWhatGitLabDoesAsItIs) {
  std::size_t mended = 0;
  for (const Files& files : configurations()) {
    const Config before = load_files(files);
    if (!before.valid()) continue;
    const Files after = fixed(files);
    if (after == files) continue;
    ++mended;
    const Config made = load_files(after);
    EXPECT_TRUE(made.valid()) << after[0].second;
    for (const Diagnostic& found : lint_findings(made))
      EXPECT_FALSE(found.fix && fix_kind(found.code) == FixKind::safe) << found.code << "\n" << after[0].second;
    EXPECT_EQ(processed_jobs(before), processed_jobs(made)) << files[0].second << "\nis now\n" << after[0].second;
    EXPECT_EQ(decisions(files), decisions(after)) << files[0].second << "\nis now\n" << after[0].second;
  }
  EXPECT_GT(mended, 3U);
  RecordProperty("mended", static_cast<int>(mended));
}

}  // namespace
}  // namespace willrun
