#include <gtest/gtest.h>

#include "support/load.hpp"

namespace willrun {
namespace {

// `line:column text` of each finding.
std::string places(const Config& config) {
  std::string printed;
  for (const Diagnostic& diagnostic : config.diagnostics()) {
    const LineColumn at = config.files().locate(diagnostic.span.file, diagnostic.span.begin);
    printed += std::to_string(at.line) + ":" + std::to_string(at.column) + " " + std::string(diagnostic.name) + " " +
               std::string(config.files().text(diagnostic.span)) + "\n";
  }
  return printed;
}

TEST(Places, AreTheNarrowest) {
  EXPECT_EQ(places(testing_support::load_text("j:\n  script: x\n  when: Bad\n  foo: 1\n")),
            "4:3 keyword-unknown foo\n3:9 keyword-invalid Bad\n");
  EXPECT_EQ(places(testing_support::load_text("j:\n  script: x\n  stage: nope\n")), "3:10 stage-unknown nope\n");
  EXPECT_EQ(places(testing_support::load_text("j:\n  script: x\n  needs: [gone]\n")), "3:11 job-invalid gone\n");
}

TEST(Places, PointIntoConditions) {
  EXPECT_EQ(places(testing_support::load_text("j:\n  script: x\n  rules:\n    - if: '$A == \"b\" )'\n")),
            "4:22 expression-syntax )\n");
  EXPECT_EQ(places(testing_support::load_text(
                "j:\n  script: x\n  rules:\n    - if: >-\n        $A == 'x' &&\n        $B =~ /a(/\n")),
            "6:15 expression-regex /a(/\n");
}

// The first finding: its text, then each label with its text.
std::string explained(const std::string& text) {
  const Config config = testing_support::load_text(text);
  const Diagnostic& found = config.diagnostics().front();
  std::string printed(config.files().text(found.span));
  for (const Label& label : found.labels)
    printed.append("; ").append(config.files().text(label.span)).append(" ").append(label.text);
  return printed;
}

TEST(Places, SayHowAJobCameByThem) {
  EXPECT_EQ(explained(".base: {tags: [5]}\n.mid: {extends: .base}\nj: {extends: .mid, script: x}\n"),
            "tags; .base extends this job; .mid extends this job");
  EXPECT_EQ(explained(".o: {tags: five}\nj: {script: x, tags: !reference [.o, tags]}\n"), "five; tags refers to it");
  EXPECT_EQ(explained("default: {tags: five}\nj: {script: x}\n"), "tags");
}

}  // namespace
}  // namespace willrun
