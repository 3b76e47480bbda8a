#include <willrun/lint.hpp>

#include "support/load.hpp"

#include <gtest/gtest.h>

namespace willrun {
namespace {

// `line:column name` of each finding.
std::string found(std::string text) {
  const Config config = testing_support::load_text(std::move(text));
  std::string printed;
  for (const Diagnostic& diagnostic : lint_findings(config)) {
    const LineColumn at = config.files().locate(diagnostic.span.file, diagnostic.span.begin);
    printed += std::to_string(at.line) + ":" + std::to_string(at.column) + " " + std::string(diagnostic.name) + "\n";
  }
  return printed;
}

std::string rules(const std::string& condition) {
  return found("j:\n  script: x\n  rules:\n    - if: " + condition + "\n");
}

TEST(Checks, PointIntoConditions) {
  EXPECT_EQ(rules("$CI_COMMIT_BRANCH && $CI_COMIT_TAG"), "4:32 variable-misspelt\n");
  EXPECT_EQ(rules("$CI_PIPELINE_ID"), "4:11 variable-not-visible\n");
  EXPECT_EQ(rules("$CI_PIPELINE_SOURCE == \"pushs\""), "4:34 value-not-possible\n");
}

TEST(Checks, LookAtConditionsOfOnlyAndExcept) {
  const auto policy = [](const std::string& keyword, const std::string& condition) {
    return found("j:\n  script: x\n  " + keyword + ":\n    variables:\n      - " + condition + "\n");
  };
  EXPECT_EQ(policy("only", "$CI_COMIT_TAG"), "5:9 variable-misspelt\n");
  EXPECT_EQ(policy("only", "$CI_PIPELINE_ID"), "5:9 variable-not-visible\n");
  EXPECT_EQ(policy("only", "$A == $A"), "5:9 condition-constant\n");
  EXPECT_EQ(policy("except", "$CI_PIPELINE_SOURCE == \"pushs\""), "5:32 value-not-possible\n");
  EXPECT_EQ(policy("except", "$CI_COMMIT_BRANCH == \"$CI_DEFAULT_BRANCH\""), "5:30 variable-in-quotes\n");
  EXPECT_EQ(found("variables: {A: ''}\n" + std::string("j: {script: x, only: {variables: [$A && $B]}}\n")),
            "2:35 empty-text-counts\n");
  EXPECT_EQ(policy("only", "$CI_COMMIT_TAG"), "");
  EXPECT_EQ(policy("only", "$CI_JOB_NAME == \"j\""), "");
  EXPECT_EQ(policy("except", "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"), "");
  EXPECT_EQ(found("j: {script: x, only: [branches]}\n"), "");
}

// What the finding of this name says.
std::string help_of(const std::string& condition, std::string_view name) {
  const Config config = testing_support::load_text("j:\n  script: x\n  rules:\n    - if: " + condition + "\n");
  for (const Diagnostic& one : lint_findings(config)) {
    if (one.name == name) return one.message + "; " + one.help;
  }
  return "nothing";
}

TEST(Checks, SayWhichComparisonsWereMeant) {
  const auto help = [](const std::string& condition) { return help_of(condition, "text-not-compared"); };
  EXPECT_EQ(help("$A == 'x' || 'y'"),
            "'y' stands by itself here: it is not compared with $A; did you mean `$A == 'x' || $A == 'y'`?");
  EXPECT_EQ(help("$A != 'x' && 'y'"),
            "'y' stands by itself here: it is not compared with $A; did you mean `$A != 'x' && $A != 'y'`?");
  EXPECT_EQ(help("$A != 'x' || 'y'"),
            "'y' stands by itself here: it is not compared with $A; did you mean `$A != 'x' && $A != 'y'`?");
  EXPECT_EQ(help("$A == ('x' || 'y' || 'z')"),
            "`||` gives one of its operands, so $A is compared with 'x' only; did you mean `$A == 'x' || $A == 'y' || "
            "$A == 'z'`?");
  EXPECT_EQ(help("$A != ('x' && 'y')"),
            "`&&` gives one of its operands, so $A is compared with 'y' only; did you mean `$A != 'x' && $A != 'y'`?");
  EXPECT_EQ(
      help("$A =~ (/xx/ || /yy/)"),
      "`||` gives one of its operands, so $A is compared with /xx/ only; did you mean `$A =~ /xx/ || $A =~ /yy/`?");
  EXPECT_EQ(rules("$B && $A == ('x' || 'y')"), "4:24 text-not-compared\n");
  EXPECT_EQ(rules("$B && ($A == 'x' || 'yy' || 'z')"), "4:31 text-not-compared\n4:39 text-not-compared\n");
  EXPECT_EQ(rules("$A == 'x' || $A == 'y'"), "");
  EXPECT_EQ(rules("$A == ($B || 'x')"), "");
  EXPECT_EQ(rules("$A == 'x' || $B"), "");
  EXPECT_EQ(rules("$B && ($A || 'x')"), "");
  EXPECT_EQ(found("spec: {inputs: {a: {default: no}}}\n---\nj:\n  script: x\n  rules:\n    - if: '$B && ($A == "
                  "\"x\" || \"$[[ inputs.a ]]\")'\n"),
            "");
}

// It says more than that the condition is always true.
TEST(Checks, TellATextThatStandsAloneOnce) {
  EXPECT_EQ(rules("$A == 'x' || 'y'"), "1:1 many-pipelines\n4:24 text-not-compared\n");
  EXPECT_EQ(rules("$A == $A"), "1:1 many-pipelines\n4:11 condition-constant\n");
}

// Conformance category rules_exists, and fnmatch.jsonl.
TEST(Checks, KnowPathsThatNoFileHas) {
  const auto paths = [](const std::string& rule) {
    return found("j:\n  script: x\n  rules:\n    - if: $CI_COMMIT_BRANCH\n      " + rule + "\n");
  };
  EXPECT_EQ(paths("exists: [/src/*]"), "5:16 path-never-matches\n");
  EXPECT_EQ(paths("exists: [./src/a.rb, src/a.rb]"), "5:16 path-never-matches\n");
  EXPECT_EQ(paths("changes: [../a]"), "5:17 path-never-matches\n");
  EXPECT_EQ(paths("changes: {paths: [src/]}"), "5:25 path-never-matches\n");
  EXPECT_EQ(found("j: {script: x, only: {changes: [/a]}, except: {changes: [b/]}}\n"),
            "1:33 path-never-matches\n1:58 path-never-matches\n");
  EXPECT_EQ(paths("exists: [src/, .gitlab/a.yml, $DIR/a, '**/a']"), "");
  EXPECT_EQ(paths("changes: [src/**/*, .a, 'a/./b']"), "");
}

TEST(Checks, KnowVariablesInPatterns) {
  EXPECT_EQ(rules("$CI_COMMIT_TAG =~ /^$PREFIX-/"), "4:31 variable-in-pattern\n");
  EXPECT_EQ(rules("$CI_COMMIT_TAG && $CI_COMMIT_TAG !~ /-${ENDING}$/"), "4:49 variable-in-pattern\n");
  EXPECT_EQ(rules("$CI_COMMIT_TAG =~ /^v1$|^v2$/"), "");
  EXPECT_EQ(rules("$CI_COMMIT_TAG =~ /^\\$A[$B]$/"), "");
  EXPECT_EQ(rules("$CI_COMMIT_TAG =~ $PREFIX"), "");
}

TEST(Checks, KnowOptions) {
  const std::string variable = "variables: {TO: {value: a, options: [a, b]}}\n";
  const std::string job = "j: {script: x, rules: [{if: '$TO == \"c\"'}, {if: '$TO == \"b\"'}]}\n";
  EXPECT_EQ(found(variable + job), "2:37 value-not-possible\n");
  EXPECT_EQ(found(variable + job + "k: {script: x, variables: {TO: c}}\n"), "");
  const std::string header =
      "spec: {inputs: {kind: {options: [a, b], default: a}, to: {rules: [{if: '$[[ inputs.kind ]] == \"%\"', options: "
      "[x], default: x}, {default: y}]}}}\n---\nj: {script: 'x $[[ inputs.to ]] $[[ inputs.kind ]]'}\n";
  const auto with = [&](char value) {
    std::string text = header;
    text[text.find('%')] = value;
    return found(text);
  };
  EXPECT_EQ(with('b'), "");
  EXPECT_EQ(with('c'), "1:95 value-not-possible\n");
}

TEST(Checks, AreQuietAboutSoundRules) {
  EXPECT_EQ(rules("$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"), "");
  EXPECT_EQ(rules("$CI_COMMIT_TAG =~ /^v/ && $CI_PIPELINE_SOURCE != 'schedule'"), "");
  EXPECT_EQ(found("spec: {inputs: {a: {default: no}}}\n---\nj:\n  script: x\n  rules:\n    - if: '\"$[[ inputs.a ]]\" "
                  "== \"yes\"'\n    - if: $CI_COMMIT_TAG\n"),
            "");
  EXPECT_EQ(rules("$MY_OWN_FLAG == 'yes' || $CI_MY_SETTING"), "");
}

TEST(Checks, CommentsSilenceThem) {
  EXPECT_EQ(rules("$CI_COMIT_TAG  # willrun: ignore WR604 set by a policy"), "");
  EXPECT_EQ(rules("$CI_COMIT_TAG  # willrun: ignore variable-misspelt"), "");
  EXPECT_EQ(rules("$CI_COMIT_TAG  # willrun: ignore"), "");
  EXPECT_EQ(rules("$CI_COMIT_TAG  # willrun:ignore WR604"), "");
  EXPECT_EQ(rules("$CI_COMIT_TAG  # willrun: ignore WR601, WR604"), "4:44 ignore-unused\n");
  EXPECT_EQ(rules("$CI_COMIT_TAG  # willrun: ignore WR601"), "4:11 variable-misspelt\n4:44 ignore-unused\n");
  EXPECT_EQ(rules("$CI_COMIT_TAG  # willrun: ignore condition-constant"),
            "4:11 variable-misspelt\n4:44 ignore-unused\n");
  EXPECT_EQ(found("j:\n  script: x\n  rules:\n    # willrun: ignore WR604\n    - if: $CI_COMIT_TAG\n"), "");
}

TEST(Checks, TellOfCommentsThatSilenceNothing) {
  EXPECT_EQ(rules("$CI_COMMIT_TAG  # willrun: ignore"), "4:27 ignore-unused\n");
  EXPECT_EQ(rules("$CI_COMMIT_TAG  # willrun: ignore WR699"), "4:45 ignore-unused\n");
  EXPECT_EQ(found("# willrun: ignore WR604\nj:\n  script: x\n"), "1:19 ignore-unused\n");
  // ShellCheck may be asked elsewhere, GitLab's own warnings can be silenced, and a text is no comment.
  EXPECT_EQ(found("j:\n  script:\n    - x  # willrun: ignore WR623\n    # willrun: ignore\n    - y\n"), "");
  EXPECT_EQ(found("j:\n  stage: test  # willrun: ignore WR623\n  script: x\n"), "2:34 ignore-unused\n");
  EXPECT_EQ(found("j:  # willrun: ignore WR407\n  script: x\n  rules:\n    - when: always\n"), "");
  EXPECT_EQ(found("j:\n  script:\n    - |\n      x\n      # willrun: ignore WR604\n      y\n"), "");
  const Config config = testing_support::load_text("j: {script: x}  # willrun: ignore WR604\n");
  EXPECT_TRUE(lint_findings(config, {.in_part = true}).empty());
}

// A needed job and the job that needs it, each by its rules or `only`.
std::string needing(const std::string& needed, const std::string& needs_it, const std::string& more = "") {
  return found(more + "a:\n  stage: build\n  script: x\n  " + needed + "\nb:\n  script: x\n  needs: [a]\n  " +
               needs_it + "\n");
}

TEST(Checks, KnowWhichNeedsAreSurelyMissing) {
  const std::string always = "rules: [{when: always}]";
  const std::string missing = "7:11 need-removed\n";
  EXPECT_EQ(needing("rules: [{if: $CI_COMMIT_TAG}]", always), missing);
  EXPECT_EQ(needing("stage: build", always), missing);  // branches and tags only
  EXPECT_EQ(needing("only: {variables: [$X]}", always), "4:9 only-beside-rules\n" + missing);
  EXPECT_EQ(needing("rules: [{if: $CI_COMMIT_BRANCH}]", "rules: [{if: $CI_COMMIT_BRANCH}]"), "");
  // What settings, files and the project's own names decide is not known.
  EXPECT_EQ(needing("rules: [{if: $NIGHTLY}]", always, "variables: {NIGHTLY: ''}\n"), "8:11 need-removed\n");
  EXPECT_EQ(needing("rules: [{if: '$CI_COMMIT_TAG && $CI_PROJECT_PATH == \"a/b\"'}]", "rules: [{if: $CI_COMMIT_TAG}]"),
            "");
  EXPECT_EQ(needing("rules: [{if: '$CI_COMMIT_BRANCH == \"master\"'}]",
                    "rules: [{if: '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH'}]"),
            "");
  EXPECT_EQ(needing("rules: [{changes: [docs/*], when: never}, {when: always}]", always), "");
  EXPECT_EQ(needing("except: {changes: [docs/*]}", "only: [branches, tags]"), "");
}

TEST(Checks, KnowNeedsThatWaitForAVariableOrAChange) {
  const auto refused = [](const std::string& needed, const std::string& needs_it) {
    return needing(needed, needs_it).find("need-removed") != std::string::npos;
  };
  const std::string always = "rules: [{when: always}]";
  EXPECT_TRUE(refused("rules: [{if: $NIGHTLY}]", always));
  EXPECT_TRUE(refused("rules: [{if: '$NIGHTLY == \"1\"'}]", "stage: test"));
  EXPECT_TRUE(refused("rules: [{changes: [docs/*]}]", "stage: test"));
  EXPECT_TRUE(refused("rules: [{changes: [docs/*]}]", "rules: [{if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH}]"));
  EXPECT_TRUE(refused("rules: [{if: $NIGHTLY}]", "rules: [{if: $NIGHTLY}, {when: always}]"));
  EXPECT_FALSE(refused("rules: [{if: $NIGHTLY}]", "rules: [{if: $NIGHTLY}]"));
  EXPECT_FALSE(refused("rules: [{changes: [docs/*]}]", "rules: [{changes: [docs/*]}]"));
  EXPECT_FALSE(refused("rules: [{changes: [docs/*]}]", "rules: [{changes: [docs/*, src/*]}]"));
  EXPECT_FALSE(refused("rules: [{if: $NIGHTLY}]", "rules: [{if: $NIGHTLY == null, when: never}, {when: always}]"));
  EXPECT_FALSE(refused("rules: [{if: $NIGHTLY}]", "only: {variables: [$NIGHTLY]}"));
  EXPECT_FALSE(
      refused("rules: [{if: $OFF, when: never}, {if: $CI_COMMIT_BRANCH}]", "rules: [{if: $CI_COMMIT_BRANCH}]"));
  EXPECT_FALSE(refused("rules: [{exists: [a]}]", "stage: test"));
  EXPECT_EQ(found("a: {stage: build, script: x, rules: [{if: $NIGHTLY}]}\n"
                  "b: {script: x, needs: [{job: a, optional: true}]}\n"),
            "");
}

TEST(Checks, SayWhatANeededJobWaitsFor) {
  const Config config = testing_support::load_text(
      "a: {stage: build, script: x, rules: [{if: $NIGHTLY}]}\n"
      "b: {script: x, needs: [a], rules: [{if: $CI_PIPELINE_SOURCE == 'web'}]}\n");
  const auto all = lint_findings(config);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all.front().message,
            "b needs a, which is left out of: web when $NIGHTLY is not set; GitLab refuses the whole pipeline then");
}

TEST(Checks, CallJobsByTheirWrittenNames) {
  const Config config = testing_support::load_text(
      "a: {stage: build, script: x}\nb: {script: x, needs: [a], parallel: 2, rules: [{when: always}]}\n");
  const auto all = lint_findings(config);
  ASSERT_FALSE(all.empty());
  EXPECT_TRUE(all.front().message.starts_with("b needs a, which is left out of: mr;")) << all.front().message;
}

TEST(Checks, LeaveHiddenJobsToFilesThatAreIncludedByRules) {
  const std::string jobs = ".base: {script: x}\nj: {script: x}\n";
  EXPECT_EQ(found(jobs), "1:1 hidden-job-unused\n");
  EXPECT_EQ(found("include: {local: b.yml, rules: [{if: $CI_COMMIT_TAG}]}\n" + jobs), "");
}

TEST(Checks, ReadFilledInValuesAsTheyAre) {
  EXPECT_EQ(
      found("spec: {inputs: {n: {type: number, default: 5}}}\n---\nvariables: {N: $[[ inputs.n ]]}\nj: {script: x}\n"),
      "");
}

// What a careful reader looks for, and the code that says it. Included files are in the project group/templates.
struct Sought {
  const char* what;
  const char* code;
  std::string text;
};

std::string job_with(const std::string& condition) {
  return "j:\n  script: x\n  rules:\n    - if: " + condition + "\n";
}

const std::vector<Sought>& all_sought() {
  static const std::vector<Sought> all = {
      {"expression always true", "WR601", job_with("$A == $A")},
      {"expression always false", "WR601", job_with("$A == 'x' && $A == 'y'")},
      {"rule never reached", "WR602", job_with("$CI_COMMIT_BRANCH\n    - if: $CI_COMMIT_BRANCH == 'main'")},
      {"source that there is not", "WR603", job_with("$CI_PIPELINE_SOURCE == 'merge_request'")},
      {"value outside the options of a variable", "WR603",
       "variables: {TO: {value: a, options: [a, b]}}\n" + job_with("$TO == 'c'")},
      {"value outside the options of an input", "WR603",
       "spec: {inputs: {to: {options: [a, b], default: a}}}\n---\n" + job_with("'\"$[[ inputs.to ]]\" == \"c\"'")},
      {"misspelt predefined variable", "WR604", job_with("$CI_COMIT_TAG")},
      {"CI_JOB_ID in rules", "WR605", job_with("$CI_JOB_ID")},
      {"CI_PIPELINE_ID in rules", "WR605", job_with("$CI_PIPELINE_ID")},
      {"CI_ENVIRONMENT_NAME in workflow rules", "WR605",
       "workflow: {rules: [{if: $CI_ENVIRONMENT_NAME}, {when: always}]}\nj: {script: x}\n"},
      {"not empty, true for undefined", "WR606", job_with("$A != ''")},
      {"match with a plain text", "WR607", job_with("$A =~ 'text'")},
      {"pattern without anchors", "WR608", job_with("$CI_COMMIT_BRANCH =~ /main/")},
      {"pattern that RE2 refuses", "WR502", job_with("$A =~ /(?=x)y/")},
      {"variable in quotes", "WR609", job_with("$A == \"$B\"")},
      {"negation before a comparison", "WR610", job_with("'!$A == \"b\"'")},
      {"misplaced parenthesis", "WR611", job_with("$A (== 'b')")},
      {"empty text in front of &&", "WR612", "variables: {A: ''}\n" + job_with("$A && $B")},
      {"empty text in front of ||", "WR612", "variables: {A: ''}\n" + job_with("$A || $B")},
      {"two pipelines, by GitLab's own warning", "WR407", "j: {script: x, rules: [{when: always}]}\n"},
      {"two pipelines, by conditions", "WR407", job_with("$CI_COMMIT_BRANCH\n    - if: $CI_MERGE_REQUEST_IID")},
      {"need on a job that is left out", "WR613",
       "a: {stage: build, script: x, rules: [{if: $CI_COMMIT_TAG}]}\nb: {script: x, needs: [a], rules: [{when: "
       "always}]}\n"},
      {"job that no usual pipeline has", "WR614", "k: {script: x}\n" + job_with("$CI_COMMIT_TAG && $CI_COMMIT_BRANCH")},
      {"changes without a base", "WR615", job_with("$CI_PIPELINE_SOURCE == 'schedule'\n      changes: [a]")},
      {"unused hidden job", "WR616", ".a: {script: x}\nj: {script: x}\n"},
      {"unused input", "WR617", "spec: {inputs: {a: {default: x}}}\n---\nj: {script: x}\n"},
      {"undeclared input in a block", "WR209",
       "spec: {inputs: {to: {default: x}}}\n---\nj: {script: '$[[ inputs.t ]]'}\n"},
      {"undeclared input of an include", "WR206",
       "include: {project: group/templates, file: to.yml, inputs: {too: x}}\nj: {script: x}\n"},
      {"input without default", "WR202", "spec: {inputs: {to: {}}}\n---\nj: {script: '$[[ inputs.to ]]'}\n"},
      {"default outside the options", "WR204",
       "spec: {inputs: {to: {options: [aa, bb], default: ab}}}\n---\nj: {script: '$[[ inputs.to ]]'}\n"},
      {"octal number", "WR618", "variables: {A: 0644}\nj: {script: x}\n"},
      {"number to base sixty", "WR618", "variables: {A: 1:30}\nj: {script: x}\n"},
      {"yes", "WR618", "variables: {A: yes}\nj: {script: x}\n"},
      {"secret", "WR619", "variables: {A: glpat-4bX9sKq2LmTz7RwYc1Vd}\nj: {script: x}\n"},
      {"only beside rules", "WR620", "a: {script: x, only: [main]}\n" + job_with("$A")},
      {"path that no file has", "WR627", "j: {script: x, rules: [{exists: [./a]}]}\n"},
      {"variable in a pattern", "WR626", job_with("$CI_COMMIT_TAG =~ /^$A/")},
      {"text beside `||` that is not compared", "WR624", job_with("$A == 'x' || 'y'")},
      {"texts in parentheses that are compared with", "WR624", job_with("$A == ('x' || 'y')")},
      {"deprecated keyword", "WR621", "image: a\nj: {script: x}\n"},
      {"include that is not pinned", "WR622", "include: {project: group/templates, file: k.yml}\nj: {script: x}\n"},
  };
  return all;
}

TEST(Checks, FindWhatCarefulReadersLookFor) {
  for (const Sought& sought : all_sought()) {
    MemoryFiles files;
    files.add(".gitlab-ci.yml", sought.text);
    files.add_project("group/templates",
                      {{"k.yml", "k: {script: x}\n"},
                       {"to.yml", "spec: {inputs: {to: {default: x}}}\n---\nk: {script: '$[[ inputs.to ]]'}\n"}});
    Trigger trigger;
    trigger.source = PipelineSource::unknown;
    const Config config = load(".gitlab-ci.yml", files, trigger);
    std::vector<Diagnostic> all = config.diagnostics();
    for (Diagnostic& one : lint_findings(config)) all.push_back(std::move(one));
    EXPECT_GE(std::count_if(all.begin(), all.end(), [&](const Diagnostic& one) { return one.code == sought.code; }), 1)
        << sought.what << "\n"
        << sought.text;
  }
}

TEST(Checks, SuggestInputsThatAreDeclared) {
  const auto help = [](const std::string& text) {
    const Config config = testing_support::load_text(text);
    return config.diagnostics().empty() ? std::string("nothing") : config.diagnostics().front().help;
  };
  const std::string header = "spec: {inputs: {target: {default: x}}}\n---\n";
  EXPECT_EQ(help(header + "j: {script: '$[[ inputs.targt ]]'}\n"), "did you mean `target`?");
  Trigger trigger;
  trigger.inputs = {{"targt", "x"}};
  const Config config = testing_support::load_text(header + "j: {script: '$[[ inputs.target ]]'}\n", trigger);
  ASSERT_FALSE(config.diagnostics().empty());
  EXPECT_EQ(config.diagnostics().front().help, "did you mean `target`?");
  EXPECT_NE(
      help("spec: {inputs: {target: {}}}\n---\nj: {script: '$[[ inputs.target ]]'}\n").find("give it a `default`"),
      std::string::npos);
}

TEST(Checks, LeaveNamesAloneThatMayBeSomebodysOwn) {
  EXPECT_EQ(rules("$CI_DEPLOY_KEY && $CI_REGISTRY_TOKEN"), "");
  EXPECT_EQ(rules("$CI_MERGEREQUEST_IID || $CI_COMMIT_BRNACH"), "4:11 variable-misspelt\n4:35 variable-misspelt\n");
  EXPECT_EQ(found("j: {script: x, variables: {A: b}, rules: [{if: $CI_COMMIT_TAG && $A != ''}]}\n"), "");
}

TEST(Checks, KnowNamesThatPeopleConfuse) {
  const auto meant = [](const std::string& name) {
    const Config config = testing_support::load_text("j:\n  script: x\n  rules:\n    - if: $" + name + "\n");
    const auto all = lint_findings(config);
    return all.empty() ? std::string("nothing") : all.front().help;
  };
  EXPECT_EQ(meant("CI_MERGE_REQUEST_TARGET_BRANCH"), "did you mean `CI_MERGE_REQUEST_TARGET_BRANCH_NAME`?");
  EXPECT_EQ(meant("CI_MERGE_REQUEST_SOURCE_BRANCH"), "did you mean `CI_MERGE_REQUEST_SOURCE_BRANCH_NAME`?");
  EXPECT_EQ(meant("CI_BRANCH"), "did you mean `CI_COMMIT_BRANCH`?");
  EXPECT_EQ(meant("CI_TAG"), "did you mean `CI_COMMIT_TAG`?");
  EXPECT_EQ(meant("CI_COMMIT_REF"), "did you mean `CI_COMMIT_REF_NAME`?");
  EXPECT_EQ(meant("ci_commit_branch"), "did you mean `CI_COMMIT_BRANCH`?");
  EXPECT_EQ(meant("ci_own_setting"), "nothing");
}

TEST(Checks, DoNotAskWhetherAVariableExistsThatAlwaysDoes) {
  EXPECT_EQ(rules("$CI_COMMIT_BRANCH && $CI_PIPELINE_SOURCE != ''"), "");
  EXPECT_EQ(rules("$CI_COMMIT_BRANCH && $CI_COMMIT_TAG != ''"), "4:32 undefined-is-not-empty\n");
}

TEST(Checks, KnowAnchorsThatHoldOneNameOnly) {
  EXPECT_EQ(rules("$CI_COMMIT_BRANCH =~ /^main|master$/"), "4:32 regex-unanchored\n");
  EXPECT_EQ(rules("$CI_COMMIT_BRANCH =~ /^(main|master)$/"), "");
  EXPECT_EQ(rules("$CI_COMMIT_BRANCH =~ /^main$/"), "");
}

TEST(Checks, KnowPlaceholdersOfSecrets) {
  const auto value = [](const std::string& text) { return found("variables: {A: " + text + "}\nj: {script: x}\n"); };
  EXPECT_EQ(value("glpat-your-personal-access-token"), "");
  EXPECT_EQ(value("AKIAIOSFODNN7EXAMPLE"), "");
  EXPECT_EQ(value("npm_config_build_from_source_with_node_18_headers"), "");
  EXPECT_EQ(value("AKIAIOSFODNN7QWERTYU"), "1:16 secret-in-text\n");
  EXPECT_EQ(value("npm_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"), "1:16 secret-in-text\n");
}

TEST(Checks, AskTheWorkflowWhetherAJobCanRun) {
  const std::string never = "j: {script: x, rules: [{if: $CI_COMMIT_TAG}]}\n";
  EXPECT_EQ(found("workflow: {rules: [{if: $CI_COMMIT_BRANCH}]}\nk: {script: x}\n" + never), "3:1 job-never-runs\n");
  EXPECT_EQ(found("workflow: {rules: [{if: $RUN}]}\n" + never), "");
  EXPECT_EQ(found("j: {script: x, rules: [{changes: {paths: [a], compare_to: base}}]}\n"), "");
  EXPECT_EQ(found("j: {script: x, rules: [{changes: [a], when: never}, {if: $CI_COMMIT_TAG}]}\n"), "");
}

TEST(Checks, KnowWhichIncludesMove) {
  const auto of = [](const std::string& include) {
    MemoryFiles files;
    files.add(".gitlab-ci.yml", "include: [{" + include + "}]\nj: {script: x}\n");
    files.add_project("group/templates", {{"k.yml", "k: {script: x}\n"}});
    const Config config = load(".gitlab-ci.yml", files, Trigger{});
    std::string all;
    for (const Diagnostic& one : config.diagnostics()) all += one.message;
    for (const Diagnostic& one : lint_findings(config)) all += one.message;
    return all;
  };
  EXPECT_EQ(of("project: group/templates, ref: v1.2, file: k.yml"), "");
  EXPECT_EQ(of("project: group/templates, ref: main, file: k.yml"), "the file is what the branch `main` has today");
  EXPECT_EQ(of("project: group/templates, file: k.yml"),
            "without `ref` the file is what the project's default branch has today");
}

TEST(Checks, KnowOptionsOfInputsThatAreFilledIn) {
  const auto compared = [](const std::string& input, const std::string& condition) {
    return found("spec: {inputs: {to: {" + input + "}}}\n---\nj:\n  script: x\n  rules:\n    - if: '" + condition +
                 "'\n");
  };
  const std::string options = "options: [dev, prod], default: dev";
  EXPECT_EQ(compared(options, "\"$[[ inputs.to ]]\" == \"prod\""), "");
  EXPECT_EQ(compared(options, "\"$[[ inputs.to ]]\" == \"production\""), "6:34 value-not-possible\n");
  EXPECT_EQ(compared(options, "\"$[[ inputs.to | expand_vars ]]\" == \"production\""), "");
  EXPECT_EQ(compared("type: boolean, default: true", "\"$[[ inputs.to ]]\" == \"yes\""), "6:34 value-not-possible\n");
  EXPECT_EQ(compared("default: dev", "\"$[[ inputs.to ]]\" == \"production\""), "");
}

TEST(Checks, TellOfTwoPipelinesForOneChange) {
  const std::string both = "[{if: $CI_COMMIT_BRANCH}, {if: $CI_MERGE_REQUEST_IID}]";
  EXPECT_EQ(found("a: {script: x}\nj: {script: x, rules: " + both + "}\nk: {script: x, rules: " + both + "}\n"),
            "2:1 many-pipelines\n");
  EXPECT_EQ(found("workflow: {rules: [{when: always}]}\nj: {script: x, rules: " + both + "}\n"), "");
  EXPECT_EQ(found("j: {script: x, rules: [{if: $CI_COMMIT_BRANCH && $CI_OPEN_MERGE_REQUESTS, when: never}, {if: "
                  "$CI_COMMIT_BRANCH}, {if: $CI_MERGE_REQUEST_IID}]}\n"),
            "");
  EXPECT_EQ(
      found("j: {script: x, rules: [{if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH}, {if: $CI_MERGE_REQUEST_IID}]}\n"),
      "");
  // GitLab says it itself.
  EXPECT_EQ(found("j: {script: x, rules: [{when: always}]}\n"), "");
}

TEST(Checks, TellOfTwoPipelinesWithDifferentJobs) {
  const std::string push = "a: {script: x, rules: [{if: '$CI_PIPELINE_SOURCE == \"push\"'}]}\n";
  const std::string request = "b: {script: x, rules: [{if: '$CI_PIPELINE_SOURCE == \"merge_request_event\"'}]}\n";
  EXPECT_EQ(found(push + request), "2:1 many-pipelines\n");
  EXPECT_EQ(found("workflow: {rules: [{when: always}]}\n" + push + request), "");
  // Not for every branch, not where a merge request keeps the branch's away, and not by settings or files.
  EXPECT_EQ(found("a: {script: x, rules: [{if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH}]}\n" + request), "");
  EXPECT_EQ(
      found("a: {script: x, rules: [{if: $CI_OPEN_MERGE_REQUESTS, when: never}, {if: $CI_COMMIT_BRANCH}]}\n" + request),
      "");
  EXPECT_EQ(found("a: {script: x, rules: [{if: $CI_COMMIT_BRANCH && $NIGHTLY}]}\n" + request), "");
  EXPECT_EQ(found(push + "b: {script: x, rules: [{if: $CI_MERGE_REQUEST_IID, changes: [docs/*]}]}\n"), "");
}

TEST(Checks, ReadValuesOfMatricesAsYamlDoes) {
  EXPECT_EQ(found("j: {script: x, parallel: {matrix: [{V: [010, 2, '030']}]}}\n"), "1:41 scalar-read-otherwise\n");
}

TEST(Checks, ReadValuesOfServicesAsYamlDoes) {
  EXPECT_EQ(found("j: {script: x, services: [{name: db, variables: {MODE: 0644}}]}\n"), "1:56 scalar-read-otherwise\n");
  EXPECT_EQ(found("default: {services: [{name: db, variables: {MODE: yes}}]}\nj: {script: x}\n"),
            "1:51 scalar-read-otherwise\n");
  EXPECT_EQ(found("j: {script: x, services: [db, {name: db, variables: {MODE: '0644', N: 5}}]}\n"), "");
}

TEST(Checks, ReadNumbersAsYamlDoes) {
  EXPECT_EQ(found("j: {script: x, parallel: 010}\n"), "1:26 scalar-read-otherwise\n");
  EXPECT_EQ(found("j: {script: x, retry: {max: 1, exit_codes: [0137, 7]}}\n"), "1:45 scalar-read-otherwise\n");
  EXPECT_EQ(found("j: {script: x, allow_failure: {exit_codes: 0137}}\n"), "1:44 scalar-read-otherwise\n");
  EXPECT_EQ(found("default: {retry: 02}\nj: {script: x, parallel: 1_0, retry: 01}\n"), "");
  EXPECT_EQ(found("j: {script: x, parallel: 0x10}\nk: {script: x, parallel: 8, allow_failure: true}\n"), "");
}

TEST(Checks, MarkTheSecretOnly) {
  EXPECT_EQ(found("j: {script: 'curl -H \"PRIVATE-TOKEN: glpat-4bX9sKq2LmTz7RwYc1Vd\" x'}\n"), "1:38 secret-in-text\n");
}

TEST(Checks, TellASharedPlaceOnce) {
  EXPECT_EQ(found(".base:\n  rules:\n    - if: $CI_COMIT_TAG\na:\n  extends: .base\n  script: x\n"
                  "b:\n  extends: .base\n  script: x\n"),
            "3:11 variable-misspelt\n");
}

}  // namespace
}  // namespace willrun
