// Parameters and included files of the lint endpoints.
#include "server/api_fixture.hpp"

namespace willrun::server {
namespace {

class LintParameters : public ApiTest {
 protected:
  Json committed(std::string_view user, std::string_view query = "") {
    as(user, std::string("GET /api/v4/projects/7/ci/lint?").append(query));
    return last_json();
  }
  Json given(std::string_view user, const Json& body) {
    as(user, "POST /api/v4/projects/7/ci/lint", "Content-Type: application/json\n\n" + body.dump());
    return last_json();
  }
  static std::string errors(const Json& answer) { return answer["errors"].dump(); }
};

TEST_F(LintParameters, DryRunsAreOfTheDefaultBranchUnlessTheyNameAnother) {
  app_.run("checkout -q feature/x");
  use("a: {script: x, rules: [{if: $CI_COMMIT_BRANCH == \"main\"}]}\nb: {script: x}\n");
  app_.run("checkout -q main");
  const auto jobs = [&](std::string_view query) {
    std::string names;
    const Json answer = committed("MIA", std::string("dry_run=true&include_jobs=true&").append(query));
    for (const Json& job : answer["jobs"]) names += job["name"].get<std::string>() + " ";
    return names;
  };
  EXPECT_EQ(jobs("content_ref=feature/x"), "a b ");
  EXPECT_EQ(jobs("content_ref=feature/x&dry_run_ref=feature/x"), "b ");
  EXPECT_EQ(jobs("content_ref=feature/x&ref=feature/x"), "b ");
}

TEST_F(LintParameters, DryRunsAskTheChainOfCreation) {
  const std::string refused =
      R"(["You do not have sufficient permission to run a pipeline on 'main'. Please select a different branch or )"
      R"(contact your administrator for assistance."])";
  EXPECT_EQ(errors(committed("DAN", "dry_run=true")), refused);
  EXPECT_EQ(errors(given("DAN", {{"content", kPlain}, {"dry_run", true}})), refused);
  EXPECT_EQ(errors(given("DAN", {{"content", kPlain}, {"dry_run", true}, {"ref", "feature/x"}})), "[]");
  EXPECT_EQ(errors(committed("DAN")), "[]");
  start("ci: false");
  EXPECT_EQ(errors(committed("MIA", "dry_run=true")), R"(["Pipelines are disabled!"])");
}

TEST_F(LintParameters, ContentIsNeeded) {
  const std::string none = R"(["Please provide content of .gitlab-ci.yml"])";
  EXPECT_EQ(errors(given("DAN", {{"content", ""}})), none);
  EXPECT_EQ(errors(given("DAN", {{"content", " \n"}})), none);
  EXPECT_EQ(errors(given("DAN", {{"content", nullptr}})), none);
  EXPECT_EQ(last_json()["merged_yaml"], nullptr);
  EXPECT_EQ(last_json()["includes"], nullptr);
  app_.run("rm -q .gitlab-ci.yml");
  app_.run("commit -q -m none");
  EXPECT_EQ(errors(committed("DAN")), none);
}

TEST_F(LintParameters, StaticLintHasNoRef) {
  app_.run("checkout -q feature/x");
  app_.commit("inner.yml", "inner: {script: x}\n");
  app_.run("checkout -q main");
  EXPECT_EQ(errors(given("DAN", {{"content", "include: inner.yml\n"}, {"ref", "feature/x"}})),
            R"(["Local file `inner.yml` does not exist!"])");
  EXPECT_EQ(errors(given("DAN", {{"content", "include: inner.yml\n"}, {"ref", "feature/x"}, {"dry_run", true}})), "[]");
}

TEST_F(LintParameters, IncludesSayWhereTheyAre) {
  app_.commit("ci/a b.yml", "inner: {script: x}\n");
  other_.commit("ci/outer.yml", "include: {local: ci/deep.yml}\nouter: {script: x}\n");
  other_.commit("ci/deep.yml", "deep: {script: x}\n");
  other_.commit("templates/part.yml", "part: {script: x}\n");
  other_.run("tag v1");
  app_.commit(".gitlab-ci.yml",
              "include:\n- local: /ci/a b.yml\n- {project: Group/Other, file: ci/outer.yml, ref: v1}\n"
              "- {project: group/other, file: ci/deep.yml}\n- component: ci.test/group/other/part@v1\n");
  const std::string app = committed("MIA")["includes"][0]["context_sha"];
  const Json found = last_json()["includes"];
  as("OLGA", "GET /api/v4/projects/8/repository/branches");
  const std::string other = last_json()[0]["commit"]["id"];
  const auto item = [](std::string_view type, std::string_view location, const Json& blob, const Json& raw,
                       const Json& extra, std::string_view project, std::string_view sha) {
    return Json{{"type", type},   {"location", location},       {"blob", blob},      {"raw", raw},
                {"extra", extra}, {"context_project", project}, {"context_sha", sha}};
  };
  const auto of = [](const std::string& project, const std::string& kind, const std::string& rest) {
    return "http://ci.test/group/" + project + "/-/" + kind + "/" + rest;
  };
  const Json none = Json::object();
  const Json expected = Json::array(
      {item("local", "ci/a b.yml", of("app", "blob", app + "/ci/a%20b.yml"), of("app", "raw", app + "/ci/a%20b.yml"),
            none, "group/app", app),
       item("file", "ci/outer.yml", of("other", "blob", other + "/ci/outer.yml"),
            of("other", "raw", other + "/ci/outer.yml"), {{"project", "group/other"}, {"ref", "v1"}}, "group/app", app),
       item("file", "ci/deep.yml", of("other", "blob", other + "/ci/deep.yml"),
            of("other", "raw", other + "/ci/deep.yml"), {{"project", "group/other"}, {"ref", "HEAD"}}, "group/app",
            app),
       item("component", "ci.test/group/other/part@v1", of("other", "blob", other + "/templates/part.yml"), nullptr,
            none, "group/app", app),
       item("local", "ci/deep.yml", of("other", "blob", other + "/ci/deep.yml"),
            of("other", "raw", other + "/ci/deep.yml"), none, "group/other", other)});
  EXPECT_EQ(found.dump(1), expected.dump(1));
}

}  // namespace
}  // namespace willrun::server
