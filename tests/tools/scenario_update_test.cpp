// --update: whole files before and after, and what holds for every file.
#include <gtest/gtest.h>

#include <algorithm>

#include "common/read_file.hpp"
#include "tools/run_command.hpp"

namespace willrun::cli {
namespace {

constexpr std::string_view kUpdatedConfiguration =
    "build: {stage: build, script: x}\n"
    "test: {stage: test, script: x, variables: {A: '1'}}\n"
    "deploy: {stage: deploy, script: x, rules: [{if: '$CI_COMMIT_BRANCH == \"main\"', when: manual}]}\n"
    "docs: {script: x, rules: [{if: $DOCS}]}\n";

class ScenarioUpdate : public testing::Test {
 protected:
  ScenarioUpdate() { folder_.write(".gitlab-ci.yml", kUpdatedConfiguration); }

  std::string text() const { return tools::read_file(folder_.path() / "willrun-tests.yml").text; }
  Ran update() const { return run_in(folder_.path(), {"test", "--update"}); }

  // The file behind an update; a second one changes nothing, and all scenarios pass.
  std::string updated(std::string_view before) const {
    folder_.write("willrun-tests.yml", before);
    const Ran first = update();
    EXPECT_EQ(first.code, Exit::ok) << before << first.out << first.err;
    const std::string once = text();
    EXPECT_EQ(run_in(folder_.path(), {"test"}).code, Exit::ok) << once;
    EXPECT_EQ(update().code, Exit::ok);
    EXPECT_EQ(text(), once);
    return once;
  }

  tools::ScratchFolder folder_;
};

constexpr std::string_view kBefore =
    "# head\n"
    "given: {changed_files: [a.c]}   # shared\n"
    "scenarios:\n"
    "  # the first\n"
    "  - name: block lists   # a name\n"
    "    given:\n"
    "      branch: main\n"
    "    expect:\n"
    "      # exactly these\n"
    "      jobs:\n"
    "        # is built\n"
    "        - build   # stays\n"
    "        - docs    # goes\n"
    "        # about test\n"
    "        - test\n"
    "      absent: [docs, build]   # in brackets\n"
    "\n"
    "  - expect:\n"
    "      present:\n"
    "        deploy:\n"
    "          when: always   # by hand\n"
    "          stage: deploy\n"
    "        docs: {}\n"
    "        test: {variables: {A: '2'}, when: on_success}\n"
    "    name: block maps\n"
    "  - {name: brackets, expect: {jobs: [docs, build, docs2, test, x]}, given: {branch: y}}\n"
    "  - {name: nothing yet}\n"
    "  - name: nothing yet in lines\n"
    "\n"
    "# tail\n";

constexpr std::string_view kAfter =
    "# head\n"
    "given: {changed_files: [a.c]}   # shared\n"
    "scenarios:\n"
    "  # the first\n"
    "  - name: block lists   # a name\n"
    "    given:\n"
    "      branch: main\n"
    "    expect:\n"
    "      # exactly these\n"
    "      jobs:\n"
    "        # is built\n"
    "        - build   # stays\n"
    "        # about test\n"
    "        - test\n"
    "        - deploy\n"
    "      absent: [docs]   # in brackets\n"
    "\n"
    "  - expect:\n"
    "      present:\n"
    "        deploy:\n"
    "          when: manual   # by hand\n"
    "          stage: deploy\n"
    "        test: {variables: {A: '1'}, when: on_success}\n"
    "    name: block maps\n"
    "  - {name: brackets, expect: {jobs: [build, test]}, given: {branch: y}}\n"
    "  - {name: nothing yet, expect: {jobs: [build, test, deploy]}}\n"
    "  - name: nothing yet in lines\n"
    "    expect: {jobs: [build, test, deploy]}\n"
    "\n"
    "# tail\n";

std::string with_windows_breaks(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return out;
}

TEST_F(ScenarioUpdate, ChangesExpectationsOnly) { EXPECT_EQ(updated(kBefore), kAfter); }

TEST_F(ScenarioUpdate, KeepsWindowsBreaksAndByteOrderMarks) {
  EXPECT_EQ(updated(with_windows_breaks(kBefore)), with_windows_breaks(kAfter));
  EXPECT_EQ(updated("\xEF\xBB\xBF" + std::string(kBefore)), "\xEF\xBB\xBF" + std::string(kAfter));
}

TEST_F(ScenarioUpdate, OtherLayouts) {
  const std::vector<std::pair<std::string_view, std::string_view>> table = {
      {"scenarios:\n- name: a\n  expect:\n    jobs:\n    - docs\n    - x",
       "scenarios:\n- name: a\n  expect:\n    jobs: [build, test, deploy]"},
      {"scenarios:\n- name: a\n  expect:\n    jobs:\n    - build\n    - x",
       "scenarios:\n- name: a\n  expect:\n    jobs:\n    - build\n    - test\n    - deploy\n"},
      {"scenarios:\n- name: a\n  expect:\n    jobs: [build,\n      docs, # no\n      test, deploy]\n",
       "scenarios:\n- name: a\n  expect:\n    jobs: [build,\n      test, deploy]\n"},
      {"scenarios:\n- name: a\n  expect:\n    failure: |\n      none\n      at all\n- name: b\n  given: {branch: x}\n  "
       "expect: {}\n",
       "scenarios:\n- name: a\n  expect: {jobs: [build, test, deploy]}\n- name: b\n  given: {branch: x}\n  expect: "
       "{}\n"},
      {"{\"scenarios\": [{\"name\": \"a\", \"expect\": {\"jobs\": [\"build\"]}}]}\n",
       "{\"scenarios\": [{\"name\": \"a\", \"expect\": {\"jobs\": [\"build\", test, deploy]}}]}\n"},
      {"scenarios:\n- name: a\n  expect:\n- name: b\n  expect:   # later\n",
       "scenarios:\n- name: a\n  expect: {jobs: [build, test, deploy]}\n- name: b\n  expect: {jobs: [build, test, "
       "deploy]}   # later\n"},
      {"scenarios:\n- name: a\n  expect: {name: x, warnings: ['w']}\n",
       "scenarios:\n- name: a\n  expect: {name: '', warnings: []}\n"},
      {"scenarios:\n- name: a\n  given: {commit: {message: '[skip ci]'}}\n  expect:\n    created: true\n",
       "scenarios:\n- name: a\n  given: {commit: {message: '[skip ci]'}}\n  expect: {skipped: true}\n"},
  };
  for (const auto& [before, after] : table) EXPECT_EQ(updated(before), after);
}

TEST_F(ScenarioUpdate, LeavesPassingScenariosAlone) {
  folder_.write("willrun-tests.yml", kAfter);
  const Ran ran = update();
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(text(), kAfter);
}

TEST_F(ScenarioUpdate, OnlyWhatIsChosen) {
  folder_.write("willrun-tests.yml",
                "scenarios:\n- {name: a, expect: {jobs: [x]}}\n- {name: b, expect: {jobs: [x]}}\n");
  EXPECT_EQ(run_in(folder_.path(), {"test", "--update", "--only", "b"}).err, "note: updated: b\n");
  EXPECT_EQ(text(),
            "scenarios:\n- {name: a, expect: {jobs: [x]}}\n- {name: b, expect: {jobs: [build, test, deploy]}}\n");
}

// What is written once counts for two scenarios.
TEST_F(ScenarioUpdate, LeavesSharedExpectationsAlone) {
  const std::string_view shared =
      "scenarios:\n- {name: a, expect: &e {jobs: [build, test, deploy]}}\n"
      "- {name: b, given: {branch: x}, expect: *e}\n";
  folder_.write("willrun-tests.yml", shared);
  const Ran ran = update();
  EXPECT_EQ(ran.code, Exit::findings);
  EXPECT_NE(ran.err.find("note: --update: the expectation of `b` is left alone"), std::string::npos) << ran.err;
  EXPECT_EQ(text(), shared);
}

}  // namespace
}  // namespace willrun::cli
