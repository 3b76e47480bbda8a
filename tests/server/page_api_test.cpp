// What the page asks: its files, projects, branches and tags, the form and the preview.
#include <gtest/gtest.h>

#include "server/api_fixture.hpp"

namespace willrun::server {
namespace {

class PageApi : public ApiTest {
 protected:
  std::string_view header(std::string_view name) const { return find_header(last_.headers, name); }
  Json preview(std::string_view user, const Json& body) {
    as(user, "POST /api/v4/projects/7/willrun/preview\nContent-Type: application/json", "\n" + to_text(body));
    return last_json();
  }
  // The names of the jobs that there would be.
  std::string jobs_of(const Json& asked) {
    std::string all;
    const Json made = preview("MIA", asked);
    for (const Json& job : made["jobs"])
      if (!job["left_out"].get<bool>()) all.append(job["name"]).append(" ");
    return all;
  }
};

TEST_F(PageApi, ServesThePageWithItsPolicy) {
  EXPECT_EQ(ask("GET /").substr(0, 19), "200 <!doctype html>");
  EXPECT_EQ(last_.content_type, "text/html; charset=utf-8");
  EXPECT_EQ(header("Content-Security-Policy"),
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  EXPECT_EQ(header("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(header("Referrer-Policy"), "no-referrer");
  EXPECT_EQ(header("Cache-Control"), "no-cache");
  const std::string etag(header("ETag"));
  EXPECT_EQ(ask("GET /\nIf-None-Match: W/" + etag + "\n"), "304 ");
  EXPECT_EQ(header("ETag"), etag);
  EXPECT_EQ(ask("GET /\nIf-None-Match: \"other\"\n").substr(0, 3), "200");
  ask("GET /page/page.js");
  EXPECT_EQ(last_.content_type, "text/javascript; charset=utf-8");
  ask("GET /page/page.css");
  EXPECT_EQ(last_.content_type, "text/css; charset=utf-8");
  for (const char* path : {"/page/none.js", "/page/", "/page", "/page/..%2Fserver.yml", "/page/page.js/x"})
    EXPECT_EQ(ask(std::string("GET ") + path), R"(404 {"error":"404 Not Found"})") << path;
}

TEST_F(PageApi, ListsProjectsThatTheUserSees) {
  const auto ids = [this] {
    std::string all;
    for (const Json& one : last_json()) all += to_text(one["id"]) + " ";
    return all;
  };
  as("OLGA", "GET /api/v4/projects");
  EXPECT_EQ(ids(), "9 8 7 ");
  EXPECT_EQ(
      to_text(last_json()[2]),
      R"({"id":7,"description":null,"name":"app","name_with_namespace":"group / app","path":"app",)"
      R"("path_with_namespace":"group/app","default_branch":"main","visibility":"private",)"
      R"("web_url":"http://ci.test/group/app","permissions":{"project_access":{"access_level":50},"group_access":null}})");
  as("DAN", "GET /api/v4/projects");
  EXPECT_EQ(ids(), "9 7 ");
  as("DAN", "GET /api/v4/projects?membership=true");
  EXPECT_EQ(ids(), "7 ");
  as("OLGA", "GET /api/v4/projects?search=OTH");
  EXPECT_EQ(ids(), "8 ");
  as("OLGA", "GET /api/v4/projects?per_page=1&page=2");
  EXPECT_EQ(ids(), "8 ");
  EXPECT_EQ(header("X-Total"), "3");
  ask("GET /api/v4/projects");
  EXPECT_EQ(ids(), "9 ");
  EXPECT_EQ(as("BOB", "GET /api/v4/projects"), R"(403 {"message":"403 Forbidden - Your account has been blocked."})");
}

TEST_F(PageApi, ListsBranchesAndTags) {
  app_.run("tag -a v2 -m two");
  app_.run("branch '<img-src=x>'");
  const auto names = [&](std::string_view path) {
    std::string all;
    as("DAN", std::string("GET /api/v4/projects/7/repository/").append(path));
    for (const Json& one : last_json()) all.append(one["name"]).append(" ");
    return all;
  };
  EXPECT_EQ(names("branches"), "<img-src=x> feature/x main ");
  EXPECT_EQ(last_json()[2]["protected"], true);
  EXPECT_EQ(last_json()[2]["default"], true);
  const Json main = last_json()[2]["commit"]["id"];
  EXPECT_EQ(names("tags"), "v2 v1 ");
  EXPECT_EQ(last_json()[0]["commit"]["id"], main);
  EXPECT_EQ(names("branches?search=%5Efe"), "feature/x ");
  EXPECT_EQ(names("branches?search=in%24"), "main ");
  EXPECT_EQ(as("GRETA", "GET /api/v4/projects/7/repository/tags"), R"(403 {"message":"403 Forbidden"})");
  EXPECT_EQ(ask("GET /api/v4/projects/7/repository/branches"), R"(404 {"message":"404 Project Not Found"})");
}

TEST_F(PageApi, ShowsTheFormOfARef) {
  use("spec:\n  inputs:\n    where: {description: a place, regex: '^p'}\n---\nbuild: {script: 'make $[[ inputs.where "
      "]]'}\n");
  as("MIA", "GET /api/v4/projects/7/willrun/form?ref=main");
  EXPECT_EQ(to_text(last_json()["inputs"]),
            R"([{"name":"where","type":"string","description":"a place","required":true,"default":null,"options":[],)"
            R"("regex":"^p","rules":[]}])");
  as("MIA", "GET /api/v4/projects/7/willrun/form?ref=feature/x");
  EXPECT_EQ(to_text(last_json()["inputs"]), "[]");
  EXPECT_EQ(as("MIA", "GET /api/v4/projects/7/willrun/form?ref=none"),
            R"(400 {"message":{"base":["Reference not found"]}})");
  EXPECT_EQ(as("GRETA", "GET /api/v4/projects/7/willrun/form"), R"(403 {"message":"403 Forbidden"})");
  EXPECT_EQ(ask("GET /api/v4/projects/7/willrun/form"), R"(401 {"message":"401 Unauthorized"})");
}

// Those with a description, as GitLab's page for a new pipeline shows them: values as texts, includes read.
TEST_F(PageApi, ShowsDescribedVariables) {
  app_.commit("part.yml", "variables:\n  LEVEL: {description: how much, value: info, options: [info, debug]}\n");
  use("spec:\n  inputs:\n    wanted: {default: all}\n---\ninclude: part.yml\nvariables:\n  PLAIN: text\n"
      "  SIZE: {value: 1.50, description: '<b>size</b>'}\n  NONE: {description: 12}\n  OTHER: {value: a}\n"
      "  WANTED: {value: '$[[ inputs.wanted ]]', description: '$[[ inputs.wanted ]] of it'}\n"
      "build: {script: make}\n");
  const auto lines = [&] {
    std::string all;
    const Json variables = last_json()["variables"];
    for (const Json& one : variables) all.append(to_text(one)).append("\n");
    return all;
  };
  as("MIA", "GET /api/v4/projects/7/willrun/form?ref=main");
  EXPECT_EQ(lines(), R"({"key":"LEVEL","value":"info","description":"how much","options":["info","debug"]}
{"key":"SIZE","value":"1.5","description":"<b>size</b>","options":[]}
{"key":"NONE","value":"","description":"12","options":[]}
{"key":"WANTED","value":"all","description":"all of it","options":[]}
)");
  EXPECT_EQ(last_json()["may_set_variables"], true);
  const Json made = preview("MIA", {{"ref", "main"}, {"inputs", {{"wanted", "half"}}}});
  EXPECT_EQ(made["variables"][3]["value"], "half");
  use("variables: {A: {description: a, value: b}}\nbuild: {}\n");
  EXPECT_TRUE(preview("MIA", {{"ref", "main"}})["variables"].is_null());
}

TEST_F(PageApi, PreviewsWithEveryErrorAtItsInput) {
  use(kInputs);
  const Json wrong = preview("MIA", {{"ref", "main"}, {"inputs", {{"environment", "prod"}, {"count", "many"}}}});
  EXPECT_EQ(wrong["verdict"], "not created (config_error)");
  EXPECT_EQ(wrong["inputs"][0]["errors"][0]["gitlab"],
            "`environment` input: `prod` cannot be used because it is not in the list of allowed options");
  EXPECT_EQ(wrong["inputs"][1]["errors"][0]["gitlab"], "`count` input: provided value is not a number");
  EXPECT_EQ(wrong["inputs"][2]["errors"], Json::array());
  EXPECT_TRUE(wrong["svg"].is_null());
  const Json good = preview("MIA", {{"ref", "main"}, {"inputs", {{"environment", "production"}, {"count", 2}}}});
  EXPECT_EQ(good["decision"]["status"], "created");
  EXPECT_EQ(good["jobs"][0]["name"], "build production 2 true");
  EXPECT_NE(good["svg"].get<std::string>().find("<svg"), std::string::npos);
  as("MIA", "GET /api/v4/projects/7/pipelines");
  EXPECT_EQ(last_.body, "[]");
}

TEST_F(PageApi, KeepsErrorsOfIncludedFilesAwayFromInputs) {
  app_.commit("part.yml", "spec:\n  inputs:\n    count: {type: number}\n---\npart: {script: make}\n");
  use("spec:\n  inputs:\n    count: {default: many}\n---\ninclude:\n  - local: part.yml\n    inputs: {count: '$[[ "
      "inputs.count ]]'}\n"
      "build: {script: make}\n");
  const Json made = preview("MIA", {{"ref", "main"}});
  EXPECT_EQ(made["decision"]["status"], "failed");
  EXPECT_EQ(made["inputs"][0]["errors"], Json::array());
}

TEST_F(PageApi, PreviewsSourcesThatNoRequestHas) {
  app_.commit("docs/a.md", "text");
  app_.run("branch change");
  app_.run("checkout -q change");
  app_.commit("src/b.c", "text");
  app_.run("checkout -q main");
  const char* rules =
      "docs: {script: make, rules: [{if: $CI_PIPELINE_SOURCE == 'push', changes: [docs/*]}]}\n"
      "mr: {script: make, rules: [{if: $CI_MERGE_REQUEST_TARGET_BRANCH_NAME == 'main', changes: [src/*]}]}\n"
      "other: {script: make, rules: [{if: $CI_MERGE_REQUEST_TARGET_BRANCH_NAME == 'main', changes: [docs/*]}]}\n"
      "nightly: {script: make, rules: [{if: $CI_PIPELINE_SOURCE == 'schedule' && $KIND == 'n'}]}\n"
      "hook: {script: make, rules: [{if: '$TRIGGER_PAYLOAD =~ /\"KIND\":\"h\"/'}]}\n";
  app_.run("checkout -q change");
  app_.commit(".gitlab-ci.yml", rules);
  app_.commit("docs/c.md", "text");
  EXPECT_EQ(jobs_of({{"source", "push"}, {"ref", "change"}}), "docs ");
  EXPECT_EQ(jobs_of({{"source", "merge_request_event"}, {"ref", "change"}, {"target_branch", "main"}}), "mr other ");
  EXPECT_EQ(jobs_of({{"source", "schedule"}, {"ref", "change"}, {"variables", Json::object({{"KIND", "n"}})}}),
            "nightly ");
  EXPECT_EQ(jobs_of({{"source", "trigger"}, {"ref", "change"}, {"variables", Json::object({{"KIND", "h"}})}}), "hook ");
  EXPECT_EQ(preview("MIA", {{"source", "chat"}})["error"], "source does not have a valid value");
}

TEST_F(PageApi, PreviewsMergeRequestsAsTheirTargetMoves) {
  start();
  change([](Configuration& next) { next.include_seconds = 0; });
  app_.commit("b.yml", "b: {script: make, rules: [{when: always}]}\n");
  app_.commit(".gitlab-ci.yml",
              "include: [{local: b.yml, rules: [{changes: [new.txt]}]}]\n"
              "a: {script: make, rules: [{when: always}]}\n");
  app_.run("checkout -q -b change");
  app_.commit("new.txt", "text");
  const Json asked = {{"source", "merge_request_event"}, {"ref", "change"}, {"target_branch", "main"}};
  EXPECT_EQ(jobs_of(asked), "b a ");
  app_.run("branch -f main change");
  EXPECT_EQ(jobs_of(asked), "a ");
}

TEST_F(PageApi, PreviewSaysWhoMayNot) {
  EXPECT_EQ(preview("DAN", {{"ref", "main"}})["decision"]["message"],
            "You do not have sufficient permission to run a pipeline on 'main'. Please select a different branch or "
            "contact your administrator for assistance.");
  EXPECT_EQ(preview("DAN", {{"ref", "none"}})["decision"]["message"], "Reference not found");
  EXPECT_EQ(preview("GRETA", {{"ref", "main"}})["message"], "403 Forbidden");
}

TEST_F(PageApi, PreviewExplainsAJobOrARefusal) {
  use("build: {script: make}\nnightly: {script: make, rules: [{if: $KIND == 'n'}]}\n");
  EXPECT_TRUE(preview("MIA", {{"ref", "main"}})["explanation"].is_null());
  EXPECT_EQ(preview("MIA", {{"ref", "main"}, {"job", "nightly"}})["explanation"],
            "nightly is left out of the pipeline: no rule matched\n"
            "\nrules of job nightly:\n"
            "  no  rule 1 (.gitlab-ci.yml:2:33), if: $KIND == 'n'\n"
            "        $KIND is not defined\n"
            "\nit would run by rule 1 if $KIND were \"n\"\n"
            "no usual way to start a pipeline runs it\n");
  EXPECT_TRUE(preview("MIA", {{"ref", "main"}, {"job", "none"}})["explanation"].is_null());
  use("workflow: {rules: [{if: $CI_COMMIT_TAG}]}\nbuild: {script: make}\n");
  for (const char* job : {"", "build"})
    EXPECT_EQ(preview("MIA", {{"ref", "main"}, {"job", job}})["explanation"],
              "no pipeline: The pipeline did not run. Review the workflow:rules configuration for the pipeline.\n"
              "\nrules of workflow:\n"
              "  no  rule 1 (.gitlab-ci.yml:1:20), if: $CI_COMMIT_TAG\n"
              "        $CI_COMMIT_TAG is not defined\n"
              "\nthere would be a pipeline by rule 1 if $CI_COMMIT_TAG were set\n"
              "there would be one for: push tag\n");
  use("build: {}\n");
  EXPECT_TRUE(preview("MIA", {{"ref", "main"}, {"job", "build"}})["explanation"].is_null());
}

TEST_F(PageApi, PreviewDrawsNamesAsTexts) {
  use("'<img src=x onerror=alert(1)>': {script: make}\n");
  const Json made = preview("MIA", {{"ref", "main"}});
  EXPECT_EQ(made["jobs"][0]["name"], "<img src=x onerror=alert(1)>");
  EXPECT_EQ(made["svg"].get<std::string>().find("<img"), std::string::npos);
}

}  // namespace
}  // namespace willrun::server
