// Keywords of jobs beyond what the conformance cases show: rare forms, and those of the enterprise edition.
#include <gtest/gtest.h>

#include "support/load.hpp"

namespace willrun {
namespace {

std::string judged(const std::string& lines) { return testing_support::lint("j: {script: x, " + lines + "}\n"); }

struct Row {
  const char* lines;
  const char* errors;  // without "E jobs:j" in front of each; "" for none
};

void expect_rows(std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    std::string expected;
    std::istringstream lines(row.errors);
    for (std::string line; std::getline(lines, line);) expected += "E jobs:j" + line + "\n";
    EXPECT_EQ(judged(row.lines), expected.empty() ? "ok" : expected) << row.lines;
  }
}

TEST(JobKeywords, OfImagesAndServices) {
  expect_rows({
      {"image: {name: a, kubernetes: {user: 1001}}", ""},
      {"image: {name: a, docker: {platform: arm64, user: \"\"}}",
       ":image executor opts string length at `/docker/user` is less than: 1"},
      {"image: {name: a, pull_policy: [always, sometimes]}",
       ":image:pull_policy config contains unknown values: sometimes"},
      {"services: [{name: a, variables: {A: b}, alias: c, command: [d]}]", ""},
      {"services: [{name: a, alias: 5}]", ":services:service alias should be a string"},
  });
}

TEST(JobKeywords, OfCaches) {
  expect_rows({
      {"cache: [{key: a}, {key: b/c}]", ":cache:key config cannot contain the \"/\" character"},
      {"cache: {key: '%2e%2E'}", ":cache:key config cannot be \".\" or \"..\""},
      {"cache: {policy: $POLICY}", ""},
      {"cache: {policy: $PO-LICY}", ":cache policy should be a variable or one of: pull-push, push, pull"},
      {"cache: {key: {files: [a], files_commits: [b]}}",
       ":cache:key config must use exactly one of these keys: files, files_commits"},
  });
}

TEST(JobKeywords, OfArtifacts) {
  expect_rows({
      {"artifacts: {expire_in: never, access: maintainer}", ""},
      {"artifacts: {access: all, public: true}",
       ":artifacts config these keys cannot be used together: access, public"},
      {"artifacts: {expose_as: a}", ":artifacts paths can't be blank"},
      {"artifacts: {reports: {dotenv: [a, 5], junit: b}}",
       ":artifacts:reports dotenv should be an array of strings or a string"},
      {"artifacts: {access: nobody}", ":artifacts access should be one of: none, developer, maintainer, all"},
  });
}

TEST(JobKeywords, OfDelivery) {
  expect_rows({
      {"environment: {name: review/$CI_COMMIT_REF_SLUG, deployment_tier: development}", ""},
      {"environment: /a",
       ":environment name can contain only letters, digits, '-', '_', '/', '$', '{', '}', '.', and spaces, but it "
       "cannot start or end with '/'"},
      {"release: {tag_name: a, description: b, released_at: '2026-01-31T00:00:00Z'}", ""},
      {"release: {tag_name: a, description: b, released_at: tomorrow}",
       ":release released at must be a valid datetime"},
      {"pages: {publish: 5}", ":pages publish should be a string"},
  });
}

TEST(JobKeywords, OfRetry) {
  EXPECT_EQ(judged("retry: {max: 1.5}"), "E retry max must be an integer\n");
  EXPECT_EQ(judged("retry: -1"), "E retry config must be greater than or equal to 0\n");
  EXPECT_EQ(judged("retry: {when: nothing}"), "E retry when is not included in the list\n");
  EXPECT_EQ(judged("retry: {max: '2', when: [api_failure, always]}"), "ok");
}

TEST(JobKeywords, OfTheEnterpriseEdition) {
  expect_rows({
      {"identity: google_cloud", ""},
      {"identity: elsewhere", ":identity config should be one of: google_cloud"},
      {"secrets: {S: {vault: a/b, token: $T}}", ""},
      {"secrets: {S: {token: $T}}",
       ":secrets:s config must use exactly one of these keys: vault, azure_key_vault, gcp_secret_manager, "
       "aws_secrets_manager, gitlab_secrets_manager, akeyless"},
      {"dast_configuration: {site_profile: a, scanner: b}",
       ":dast_configuration config contains unknown keys: scanner"},
      {"needs: [{project: g/p, job: b, ref: main}]", ""},
      {"needs: [{project: g/p, job: b}]", ":needs:need ref can't be blank"},
      {"needs: [{pipeline: g/p}]", ":needs config uses invalid types: bridge"},
  });
  EXPECT_EQ(testing_support::lint("b: {needs: [{pipeline: g/p}]}\n"), "ok");
  EXPECT_EQ(testing_support::lint("b: {needs: [{pipeline: g/p}, {pipeline: g/q}]}\n"),
            "E jobs:b config should contain at most one bridge need\n");
}

TEST(JobKeywords, OfTheCommunityEditionLeaveTheOthersOut) {
  LoadOptions options;
  options.edition = Edition::ce;
  const Config config = testing_support::load_text("j: {script: x, identity: google_cloud}\n", {}, options);
  EXPECT_EQ(config.gitlab_errors(), std::vector<std::string>{"jobs:j config contains unknown keys: identity"});
}

TEST(JobKeywords, OfInputs) {
  expect_rows({
      {"inputs: {n: {type: number, default: 3}}", ""},
      {"inputs: {n: {type: number, default: x}}", " inputs `n`: default value is not a number"},
  });
}

}  // namespace
}  // namespace willrun
