// Endpoints: requests as text, answers as text. Bodies are those of the facts on the trigger API, letter for letter.
#include <gtest/gtest.h>

#include "server/api_fixture.hpp"

namespace willrun::server {
namespace {

class TriggerApi : public ApiTest {};

TEST_F(TriggerApi, ChecksParametersFirst) {
  const std::string token = new_token();
  const auto post = [&](std::string_view query) {
    return ask(std::string("POST /api/v4/projects/7/trigger/pipeline?").append(query));
  };
  EXPECT_EQ(post(""), R"(400 {"error":"ref is missing, ref is empty, token is missing"})");
  EXPECT_EQ(post("ref=main"), R"(400 {"error":"token is missing"})");
  EXPECT_EQ(post("token=x"), R"(400 {"error":"ref is missing, ref is empty"})");
  EXPECT_EQ(post("token=x&ref=+"), R"(400 {"error":"ref is empty"})");
  EXPECT_EQ(post("token=x&ref"), R"(400 {"error":"ref is empty"})");
  EXPECT_EQ(post("token=x&ref[a]=1"), R"(400 {"error":"ref is invalid"})");
  EXPECT_EQ(post("token=x&ref=main&variables=a"), R"(400 {"error":"variables is invalid"})");
  EXPECT_EQ(post("token=x&ref=main&variables[]=a"), R"(400 {"error":"variables is invalid"})");
  EXPECT_EQ(post("token=x&ref=main&inputs=a"), R"(400 {"error":"inputs is invalid"})");
  const std::string_view texts = R"(400 {"message":"variables needs to be a map of key-valued strings"})";
  EXPECT_EQ(post("token=x&ref=main&variables[A][]=a"), texts);
  EXPECT_EQ(post("token=x&ref=main&variables[A]"), texts);
  EXPECT_EQ(post("token=x&ref=main&variables[A][B]=c"), texts);
  EXPECT_EQ(ask("POST /api/v4/projects/7/trigger/pipeline\nContent-Type: application/json\n\n"
                R"({"token":"x","ref":"main","variables":{"A":1}})"),
            texts);
  EXPECT_EQ(ask("POST /api/v4/projects/7/trigger/pipeline?token=" + token +
                "&ref=main&variables[A]=1\nX-Gitlab-Event: Pipeline Hook\n"),
            R"(403 {"message":"403 Forbidden"})");
}

TEST_F(TriggerApi, KnowsItsProjectAndItsToken) {
  const std::string token = new_token();
  const std::string_view none = R"(404 {"message":"404 Not Found"})";
  EXPECT_EQ(ask("POST /api/v4/projects/99/trigger/pipeline?ref=main&token=" + token), none);
  EXPECT_EQ(ask("POST /api/v4/projects/8/trigger/pipeline?ref=main&token=" + token), none);
  EXPECT_EQ(trigger("MIA"), none);
  EXPECT_EQ(trigger(""), none);
  EXPECT_EQ(trigger(token + "x"), none);
  EXPECT_EQ(ask("GET /api/v4/projects/7/trigger/pipeline?ref=main&token=" + token), R"(404 {"error":"404 Not Found"})");
  EXPECT_EQ(trigger(token).substr(0, 3), "201");
}

TEST_F(TriggerApi, AnswersWithThePipeline) {
  const std::string token = new_token();
  const std::string answer = trigger(token);
  const std::string sha = last_json()["sha"];
  EXPECT_EQ(sha.size(), 40U);
  EXPECT_EQ(
      answer,
      R"(201 {"id":1,"iid":1,"project_id":7,"sha":")" + sha +
          R"(","ref":"main","status":"created","source":"trigger","created_at":"2027-01-15T08:00:00.000Z",)"
          R"("updated_at":"2027-01-15T08:00:00.000Z","web_url":"http://ci.test/group/app/-/pipelines/1","name":null,)"
          R"("before_sha":"0000000000000000000000000000000000000000","tag":false,"yaml_errors":null,"user":{"id":2,)"
          R"("username":"mia","public_email":null,"name":"Mia","state":"active","locked":false,"avatar_url":null,)"
          R"("web_url":"http://ci.test/mia"},"started_at":null,"finished_at":null,"committed_at":null,)"
          R"("duration":null,"queued_duration":null,"coverage":null,"detailed_status":{"icon":"status_created",)"
          R"("text":"created","label":"created","group":"created","tooltip":"created","has_details":true,)"
          R"("details_path":"/group/app/-/pipelines/1","illustration":null,)"
          R"("favicon":"/assets/ci_favicons/favicon_status_created.png"},"archived":false})");
}

TEST_F(TriggerApi, ResolvesRefs) {
  const std::string token = new_token();
  app_.run("tag both");
  app_.run("branch both");
  app_.run("tag -a v2 -m two");
  const auto ref = [&](std::string_view name) {
    const std::string answer = trigger(token, std::string("ref=").append(name));
    return last_.status == 201 ? last_json()["ref"].get<std::string>() + (last_json()["tag"] ? " tag" : " branch")
                               : answer;
  };
  const std::string_view unknown = R"(400 {"message":{"base":["Reference not found"]}})";
  EXPECT_EQ(ref("main"), "main branch");
  EXPECT_EQ(ref("v1"), "v1 tag");
  EXPECT_EQ(ref("v2"), "v2 tag");
  EXPECT_EQ(ref("refs/heads/main"), "main branch");
  EXPECT_EQ(ref("refs/tags/v1"), "v1 tag");
  EXPECT_EQ(ref("refs/heads/both"), "both branch");
  EXPECT_EQ(ref("refs/tags/both"), "both tag");
  EXPECT_EQ(ref("both"), R"(400 {"message":{"base":["Ref is ambiguous"]}})");
  EXPECT_EQ(ref("feature/x"), "feature/x branch");
  for (const char* name :
       {"master", "HEAD", "main~0", "main^{commit}", "main@{0}", "main:.gitlab-ci.yml", "../main",
        "refs/heads/../tags/v1", "refs/heads/", "refs/remotes/origin/main", "-", "ma*n", "main.lock"})
    EXPECT_EQ(ref(name), unknown) << name;
  EXPECT_EQ(ref("feature/x"), "feature/x branch");
  const std::string sha = last_json()["sha"];
  EXPECT_EQ(ref(sha), unknown);
}

TEST_F(TriggerApi, TakesItsRefFromThePath) {
  const std::string token = new_token();
  const auto hook = [&](std::string_view path) {
    ask("POST /api/v4/projects/group%2Fapp/ref/" + std::string(path) + "/trigger/pipeline?token=" + token +
        "\nContent-Type: application/json\nX-Gitlab-Event: Push Hook\n\n"
        R"({"ref":"refs/heads/none","after":"1"})");
    return last_.status == 201 ? last_json()["ref"].get<std::string>() : std::to_string(last_.status);
  };
  EXPECT_EQ(hook("main"), "main");
  EXPECT_EQ(hook("feature%2Fx"), "feature/x");
  EXPECT_EQ(hook("feature/x"), "feature/x");
  EXPECT_EQ(hook("refs%2Ftags%2Fv1"), "v1");
  EXPECT_EQ(hook("%2e%2e%2fmain"), "400");
  EXPECT_EQ(hook("ma%00in"), "400");
  EXPECT_EQ(hook("ma%ffin"), "400");
}

TEST_F(TriggerApi, KeepsThePayload) {
  const std::string token = new_token();
  const auto payload = [&](std::string_view request) {
    ask(request);
    as("MIA", "GET /api/v4/projects/7/pipelines/" + last_json()["id"].dump() + "/variables");
    const Json variables = last_json();
    return variables[variables.size() - 1]["value"].get<std::string>();
  };
  EXPECT_EQ(payload("POST /api/v4/projects/7/trigger/pipeline?ref=main&token=" + token),
            R"({"ref":"main","id":"7","variables":{}})");
  EXPECT_EQ(payload("POST /api/v4/projects/7/ref/main/trigger/pipeline?token=" + token +
                    "&x=1\nContent-Type: application/json\n\n"
                    R"({"a":{"b":[1,2.0,null]},"ref":"other"})"),
            R"({"x":"1","a":{"b":[1,2.0,null]},"ref":"main","id":"7","variables":{}})");
  EXPECT_EQ(payload("POST /api/v4/projects/7/trigger/pipeline?ref=main&variables[A]=b&token=" + token),
            R"({"ref":"main","variables":{"A":"b"},"id":"7"})");
}

TEST_F(TriggerApi, ReportsFailuresOfCreation) {
  const std::string token = new_token();
  const auto base = [](std::string_view status, std::string_view text) {
    return std::string(status) + R"( {"message":{"base":[)" + Json(text).dump() + "]}}";
  };
  use("build:\n  script: make\n  rules: [{if: $CI_PIPELINE_SOURCE == \"push\"}]\n");
  EXPECT_EQ(
      trigger(token),
      base("400",
           "The resulting pipeline would have been empty. Review the rules configuration for the relevant jobs."));
  EXPECT_EQ(last_json()["willrun"]["left_out"][0]["name"], "build");
  use("workflow: {rules: [{if: $CI_PIPELINE_SOURCE == \"trigger\", when: never}, {when: always}]}\nbuild: {script: "
      "make}\n");
  EXPECT_EQ(trigger(token),
            base("400", "The pipeline did not run. Review the workflow:rules configuration for the pipeline."));
  use("build: {scrip: make}\n");
  EXPECT_EQ(trigger(token).substr(0, 3), "422");
  EXPECT_GT(last_json()["willrun"]["findings"].size(), 0U);
  use("a: {script: x, needs: [b]}\nb: {script: x, rules: [{when: never}]}\n");
  EXPECT_EQ(trigger(token).substr(0, 3), "422");
  use("{");
  EXPECT_EQ(trigger(token).substr(0, 3), "422");
  use(kInputs);
  EXPECT_EQ(trigger(token, "ref=main&inputs[environment]=prod"),
            base("422",
                 "`.gitlab-ci.yml`: `environment` input: `prod` cannot be used because it is not in the list of "
                 "allowed options"));
  EXPECT_EQ(trigger(token, "ref=main&inputs[x]=1&inputs[y]=2"),
            base("422", "`.gitlab-ci.yml`: unknown input arguments: x, y"));
  std::string many = "ref=main";
  for (int i = 0; i < 21; ++i) many += "&inputs[i" + std::to_string(i) + "]=1";
  EXPECT_EQ(trigger(token, many), base("400", "There cannot be more than 20 inputs"));
  EXPECT_EQ(trigger(token, "ref=main&variables[TRIGGER_PAYLOAD]=x"),
            base("422", "Duplicate variable name: TRIGGER_PAYLOAD"));
  EXPECT_EQ(
      trigger(token, "ref=main&variables[A-B]=x"),
      base("422",
           "Failed to build pipeline variables: Validation failed: Key can contain only letters, digits and '_'."));
  app_.run("rm -q .gitlab-ci.yml");
  app_.run("commit -q -m none");
  EXPECT_EQ(trigger(token), base("400", "Missing CI config file"));
}

TEST_F(TriggerApi, KeepsNamesOfVariablesWithoutBlanks) {
  const std::string token = new_token();
  use("a: {script: x}\nb: {script: x, rules: [{if: $NAME == '1'}]}\n");
  trigger(token, "ref=main&variables[%20NAME%09]=1");
  as("MIA", "GET /api/v4/projects/7/pipelines/1/jobs");
  EXPECT_EQ(last_json().size(), 2U);
  as("MIA", "GET /api/v4/projects/7/pipelines/1/variables");
  EXPECT_EQ(last_json()[0]["key"], "NAME");
  as("MIA", "POST /api/v4/projects/7/pipeline?ref=main&variables[][key]=%20NAME&variables[][value]=1");
  as("MIA", "GET /api/v4/projects/7/pipelines/2/jobs");
  EXPECT_EQ(last_json().size(), 2U);
  EXPECT_EQ(trigger(token, "ref=main&variables[%20]=1").substr(0, 3), "422");
}

TEST_F(TriggerApi, WritesThePayloadAsRailsDoes) {
  const std::string token = new_token();
  ask("POST /api/v4/projects/7/trigger/pipeline?ref=main&token=" + token +
      "\nContent-Type: application/json\n\n{\"<a>&\":\"\xE2\x80\xA8\xE2\x82\xAC\xE2\x80\xA9\"}");
  as("MIA", "GET /api/v4/projects/7/pipelines/1/variables");
  EXPECT_EQ(
      last_json()[0]["value"],
      "{\"ref\":\"main\",\"\\u003ca\\u003e\\u0026\":\"\\u2028\xE2\x82\xAC\\u2029\",\"id\":\"7\",\"variables\":{}}");
}

TEST_F(TriggerApi, KeepsFailedPipelinesOnlyWhereGitLabDoes) {
  const std::string token = new_token();
  use("build: {scrip: make}\n");
  trigger(token);
  EXPECT_EQ(last_.status, 422);
  as("MIA", "GET /api/v4/projects/7/pipelines");
  ASSERT_EQ(last_json().size(), 1U);
  EXPECT_EQ(last_json()[0]["status"], "failed");
  trigger(token, "ref=none");
  trigger(token, "ref=main&dry_run=true");
  EXPECT_EQ(last_.status, 422);
  as("MIA", "GET /api/v4/projects/7/pipelines");
  EXPECT_EQ(last_json().size(), 1U);
}

TEST_F(TriggerApi, GivesInputsByFormAndByJsonAlike) {
  const std::string token = new_token();
  use(kInputs);
  const auto job = [&](std::string_view request) {
    const std::string answer = ask(request);
    if (last_.status != 201) return answer;
    as("MIA", "GET /api/v4/projects/7/pipelines/" + last_json()["id"].dump() + "/jobs");
    return last_json()[0]["name"].get<std::string>();
  };
  const std::string target = "POST /api/v4/projects/7/trigger/pipeline?ref=main&token=" + token;
  EXPECT_EQ(job(target), "build dev 1 true");
  EXPECT_EQ(job(target + "&inputs[environment]=production&inputs[count]=3&inputs[quiet]=false&inputs[list][]=a"),
            "build production 3 false");
  EXPECT_EQ(job(target + "\nContent-Type: application/json\n\n"
                         R"({"inputs":{"environment":"production","count":3,"quiet":false,"list":["a"]}})"),
            "build production 3 false");
  EXPECT_EQ(job(target + "&inputs[quiet]=yes"),
            R"(422 {"message":{"base":["`.gitlab-ci.yml`: `quiet` input: provided value is not a boolean"]}})");
}

TEST_F(TriggerApi, RespectsRoles) {
  const std::string token = new_token();
  start("visibility: private\n    protected: [main]");
  EXPECT_EQ(trigger(token).substr(0, 3), "201");
  const auto as_role = [&](std::string_view role, std::string_view extra = "") {
    start(extra);
    change([&](Configuration& one) { one.projects[0].members["mia"] = *parse_role(role); });
  };
  as_role("developer");
  EXPECT_EQ(trigger(token),
            R"(400 {"message":{"base":["You do not have sufficient permission to run a pipeline on 'main'. )"
            R"(Please select a different branch or contact your administrator for assistance."]}})");
  EXPECT_EQ(trigger(token, "ref=feature/x").substr(0, 3), "201");
  as_role("reporter");
  const std::string_view insufficient =
      R"(400 {"message":{"base":["Insufficient permissions to create a new pipeline"]}})";
  EXPECT_EQ(trigger(token), insufficient);
  EXPECT_EQ(trigger(token, "ref=none"), insufficient);
  as_role("maintainer", "ci: false");
  EXPECT_EQ(trigger(token), R"(400 {"message":{"base":["Pipelines are disabled!"]}})");
  as_role("maintainer", "pipeline_variables: owner");
  EXPECT_EQ(trigger(token, "ref=main&variables[A]=1"),
            R"(400 {"message":{"base":["Insufficient permissions to set pipeline variables"]}})");
  EXPECT_EQ(trigger(token).substr(0, 3), "201");
  as_role("owner", "pipeline_variables: owner");
  EXPECT_EQ(trigger(token, "ref=main&variables[A]=1").substr(0, 3), "201");
  as_role("owner", "pipeline_variables: no_one_allowed");
  EXPECT_EQ(trigger(token, "ref=main&variables[A]=1").substr(0, 3), "400");
}

TEST_F(TriggerApi, LimitsPipelinesOfOneCommit) {
  start("pipelines_per_minute: 2");
  const std::string token = new_token();
  EXPECT_EQ(trigger(token).substr(0, 3), "201");
  EXPECT_EQ(trigger(token).substr(0, 3), "201");
  EXPECT_EQ(trigger(token),
            R"(400 {"message":{"base":["Too many pipelines created in the last minute. Try again later."]}})");
  now_ += std::chrono::minutes(2);
  EXPECT_EQ(trigger(token).substr(0, 3), "201");
}

TEST_F(TriggerApi, TakesTokensOfRunningJobs) {
  as("OLGA", "POST /api/v4/projects/8/pipeline?ref=main");
  const std::string pipeline = last_json()["id"].dump();
  as("OLGA", "GET /api/v4/projects/8/pipelines/" + pipeline + "/jobs");
  const std::string job = "/api/v4/projects/8/jobs/" + last_json()[0]["id"].dump() + "/token";
  EXPECT_EQ(as("DAN", "POST " + job), R"(404 {"message":"404 Project Not Found"})");
  as("OLGA", "POST " + job);
  const std::string token = last_json()["token"];
  trigger(token);
  EXPECT_EQ(last_.status, 201);
  EXPECT_EQ(last_json()["source"], "pipeline");
  EXPECT_EQ(last_json()["user"]["username"], "olga");
  EXPECT_EQ(ask("POST /api/v4/projects/9/trigger/pipeline?ref=main&token=" + token),
            R"(404 {"message":"404 Not Found"})");
  as("OLGA", "DELETE " + job);
  EXPECT_EQ(trigger(token), R"(401 {"message":"Job is not running"})");
  as("OLGA", "DELETE " + job + "?erase=true");
  EXPECT_EQ(trigger(token), R"(401 {"message":"Job has been erased!"})");
}

TEST_F(TriggerApi, DecidesWithoutStoring) {
  const std::string token = new_token();
  use("build: {script: make}\npush: {script: make, only: [pushes]}\n");
  trigger(token, "ref=main&dry_run=true");
  EXPECT_EQ(last_.status, 200);
  EXPECT_EQ(last_json()["willrun"]["jobs"].dump(), R"([{"name":"build","stage":"test","when":"on_success"}])");
  EXPECT_EQ(last_json()["willrun"]["left_out"][0]["name"], "push");
  as("MIA", "GET /api/v4/projects/7/pipelines");
  EXPECT_EQ(last_.body, "[]");
}

TEST_F(TriggerApi, RemembersNothingThatMayDiffer) {
  const std::string token = new_token();
  const auto jobs = [&](std::string_view query) {
    trigger(token, "dry_run=true&" + std::string(query));
    std::string names;
    const Json body = last_json();
    for (const Json& job : body["willrun"]["jobs"]) names += job["name"].get<std::string>() + " ";
    return names;
  };
  use("a: {script: x}\nb: {script: x, rules: [{if: $MODE == \"b\"}]}\nv: {script: x, rules: [{if: $CI_COMMIT_TAG}]}\n");
  app_.run("tag v9");
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(jobs("ref=main"), "a ");
    EXPECT_EQ(jobs("ref=main&variables[MODE]=b"), "a b ");
    EXPECT_EQ(jobs("ref=main&variables[MODE]=c"), "a ");
    EXPECT_EQ(jobs("ref=main&variables[MOD]=Eb"), "a ");
    EXPECT_EQ(jobs("ref=v9"), "a v ");
  }
  use("a: {script: x}\nb: {script: x, rules: [{if: $TRIGGER_PAYLOAD =~ /hello/}]}\n");
  EXPECT_EQ(jobs("ref=main"), "a ");
  EXPECT_EQ(jobs("ref=main&x=hello"), "a b ");
  EXPECT_EQ(jobs("ref=main"), "a ");
  use("a: {script: x}\nb: {script: x, rules: [{changes: {paths: [f], compare_to: side}}]}\n");
  app_.run("branch side");
  const std::string before = jobs("ref=main");
  EXPECT_EQ(jobs("ref=main"), before);
  use("a: {script: x}\nb: {script: x, rules: [{if: $CI_PIPELINE_IID == \"2\"}]}\n");
  EXPECT_EQ(trigger(token).substr(0, 3), "201");
  EXPECT_EQ(jobs("ref=main"), "a b ");
  EXPECT_EQ(trigger(token).substr(0, 3), "201");
  EXPECT_EQ(last_json()["iid"], 2);
  EXPECT_EQ(jobs("ref=main"), "a ");
}

TEST_F(TriggerApi, FetchesNothingFromInside) {
  const std::string token = new_token();
  for (const char* address :
       {"http://127.0.0.1:1/x.yml", "http://[::1]/x.yml", "http://169.254.169.254/latest/meta-data",
        "http://localhost/x.yml", "file:///etc/passwd"}) {
    use("include: [{remote: '" + std::string(address) + "'}]\nbuild: {script: make}\n");
    trigger(token);
    EXPECT_EQ(last_.status, 422) << address;
    EXPECT_EQ(last_.body.find("root:"), std::string::npos);
  }
  use("include: [{local: '../../../../etc/passwd'}]\nbuild: {script: make}\n");
  trigger(token);
  EXPECT_EQ(last_.status, 422);
  EXPECT_EQ(last_.body.find("root:"), std::string::npos);
  use("include: [{project: group/other, file: .gitlab-ci.yml}]\nbuild: {script: make}\n");
  EXPECT_EQ(trigger(token).substr(0, 3), "201");
  change([](Configuration& one) { one.projects[1].members.erase("mia"); });
  EXPECT_EQ(trigger(token).substr(0, 3), "422");
}

class TokenApi : public ApiTest {};

TEST_F(TokenApi, IsForMaintainers) {
  const std::string_view list = "GET /api/v4/projects/7/triggers";
  EXPECT_EQ(ask(list), R"(401 {"message":"401 Unauthorized"})");
  EXPECT_EQ(as("WRONG", list), R"(401 {"message":"401 Unauthorized"})");
  EXPECT_EQ(as("BOB", list), R"(403 {"message":"403 Forbidden - Your account has been blocked."})");
  EXPECT_EQ(as("DAN", list), R"(403 {"message":"403 Forbidden"})");
  EXPECT_EQ(as("MIA", list), "200 []");
  EXPECT_EQ(as("DAN", "GET /api/v4/projects/8/triggers"), R"(404 {"message":"404 Project Not Found"})");
  EXPECT_EQ(as("MIA", "GET /api/v4/projects/99/triggers"), R"(404 {"message":"404 Project Not Found"})");
  EXPECT_EQ(ask("GET /api/v4/projects/7/triggers\nAuthorization: Bearer MIA\n"), "200 []");
  EXPECT_EQ(ask("GET /api/v4/projects/7/triggers?private_token=MIA"), "200 []");
  // The parameter goes before the header.
  EXPECT_EQ(as("WRONG", "GET /api/v4/projects/7/triggers?private_token=MIA"), "200 []");
  EXPECT_EQ(as("MIA", "GET /api/v4/projects/7/triggers?private_token=DAN"), R"(403 {"message":"403 Forbidden"})");
  EXPECT_EQ(as("MIA", "GET /api/v4/projects/7/triggers?private_token="), "200 []");
}

TEST_F(TokenApi, LooksAtParametersFirst) {
  EXPECT_EQ(ask("GET /api/v4/projects/7/triggers?page=a&per_page=b"),
            R"(400 {"error":"page is invalid, per_page is invalid"})");
  EXPECT_EQ(ask("POST /api/v4/projects/99/triggers?expires_at=abc"),
            R"(400 {"error":"description is missing, expires_at is invalid"})");
  EXPECT_EQ(as("DAN", "POST /api/v4/projects/7/triggers?description[]=x"), R"(400 {"error":"description is invalid"})");
  EXPECT_EQ(ask("PUT /api/v4/projects/7/triggers/a?description[]=x"),
            R"(400 {"error":"trigger_id is invalid, description is invalid"})");
}

TEST_F(TokenApi, IsChangedByItsOwner) {
  const std::string refused =
      R"(403 {"message":"403 Forbidden - The current user is not authorized to update the pipeline trigger token"})";
  as("MIA", "POST /api/v4/projects/7/triggers?description=mine");
  EXPECT_EQ(as("OLGA", "PUT /api/v4/projects/7/triggers/1?description=x"), refused);
  EXPECT_EQ(as("DAN", "PUT /api/v4/projects/7/triggers/1?description=x"), refused);
  EXPECT_EQ(as("DAN", "PUT /api/v4/projects/7/triggers/2?description=x"), R"(404 {"message":"404 Not found"})");
  EXPECT_EQ(ask("PUT /api/v4/projects/7/triggers/1?description=x"), R"(401 {"message":"401 Unauthorized"})");
}

TEST_F(TokenApi, MakesShowsChangesAndRevokes) {
  const std::string made = as("MIA", "POST /api/v4/projects/7/triggers?description=mine");
  const std::string token = last_json()["token"];
  const std::string object =
      R"({"id":1,"token":")" + token +
      R"(","description":"mine","created_at":"2027-01-15T08:00:00.000Z",)"
      R"("updated_at":"2027-01-15T08:00:00.000Z","last_used":null,"expires_at":null,"owner":{"id":2,)"
      R"("username":"mia","public_email":null,"name":"Mia","state":"active","locked":false,)"
      R"("avatar_url":null,"web_url":"http://ci.test/mia"}})";
  EXPECT_EQ(made, "201 " + object);
  EXPECT_EQ(as("MIA", "GET /api/v4/projects/7/triggers/1"), "200 " + object);
  EXPECT_EQ(as("MIA", "GET /api/v4/projects/7/triggers"), "200 [" + object + "]");
  EXPECT_EQ(find_header(last_.headers, "X-Total"), "1");
  as("OLGA", "GET /api/v4/projects/7/triggers/1");
  EXPECT_EQ(last_json()["token"], token.substr(6, 4));
  now_ += std::chrono::seconds(5);
  trigger(token);
  as("OLGA", "GET /api/v4/projects/7/triggers/1");
  EXPECT_EQ(last_json()["last_used"], "2027-01-15T08:00:05.000Z");
  as("MIA", "PUT /api/v4/projects/7/triggers/1?description=new");
  EXPECT_EQ(last_json()["description"], "new");
  EXPECT_EQ(last_json()["updated_at"], "2027-01-15T08:00:05.000Z");
  EXPECT_EQ(as("OLGA", "DELETE /api/v4/projects/7/triggers/1\nIf-Unmodified-Since: Fri, 15 Jan 2027 08:00:00 GMT"),
            R"(412 {"message":"412 Precondition Failed"})");
  EXPECT_EQ(as("OLGA", "DELETE /api/v4/projects/7/triggers/1"), "204 ");
  EXPECT_EQ(as("OLGA", "DELETE /api/v4/projects/7/triggers/1"), R"(404 {"message":"404 Not found"})");
  EXPECT_EQ(trigger(token), R"(404 {"message":"404 Not Found"})");
}

TEST_F(TokenApi, ChecksDescriptionAndExpiry) {
  const auto made = [&](std::string_view query) {
    const std::string answer = as("MIA", std::string("POST /api/v4/projects/7/triggers?").append(query));
    return last_.status == 201 ? last_json()["expires_at"].dump() : answer;
  };
  EXPECT_EQ(made(""), R"(400 {"error":"description is missing"})");
  EXPECT_EQ(made("description=" + std::string(2'049, 'x')),
            R"(400 {"message":"400 Bad request - {\"description\":[\"is too long (maximum is 2048 characters)\"]}"})");
  EXPECT_EQ(made("description=" + std::string(2'048, 'x')), "null");
  for (const char* text : {"abc", "01/01/2050", "25/26/27", "2308", "2027-02-30", "2027-01-01T25:00"})
    EXPECT_EQ(made(std::string("description=x&expires_at=") + text), R"(400 {"error":"expires_at is invalid"})")
        << text;
  EXPECT_EQ(made("description=x&expires_at=2027-02-01"), "\"2027-02-01T00:00:00.000Z\"");
  EXPECT_EQ(made("description=x&expires_at=2027-02-01T10:00:00%2B02:00"), "\"2027-02-01T08:00:00.000Z\"");
  EXPECT_EQ(made("description=x&expires_at=2028-01-14T23:59:59Z"), "\"2028-01-14T23:59:59.000Z\"");
  EXPECT_EQ(made("description=x&expires_at=2028-01-15"),
            R"(400 {"message":"400 Bad request - {\"expires_at\":[\"must be before 2028-01-15\"]}"})");
}

TEST_F(TokenApi, ForgetsExpiredTokens) {
  as("MIA", "POST /api/v4/projects/7/triggers?description=x&expires_at=2027-01-16");
  const std::string token = last_json()["token"];
  EXPECT_EQ(trigger(token).substr(0, 3), "201");
  now_ += std::chrono::days(1);
  EXPECT_EQ(trigger(token), R"(404 {"message":"404 Not Found"})");
  EXPECT_EQ(as("MIA", "GET /api/v4/projects/7/triggers"), "200 []");
  EXPECT_EQ(as("MIA", "GET /api/v4/projects/7/triggers/1"), R"(404 {"message":"404 Not found"})");
}

class PipelineApi : public ApiTest {};

TEST_F(PipelineApi, MakesPipelinesForUsers) {
  const std::string_view post = "POST /api/v4/projects/7/pipeline";
  EXPECT_EQ(as("DAN", post), R"(400 {"error":"ref is missing"})");
  EXPECT_EQ(as("DAN", "POST /api/v4/projects/99/pipeline?variables=a&inputs=b"),
            R"(400 {"error":"ref is missing, variables is invalid, inputs is invalid"})");
  EXPECT_EQ(ask(post), R"(401 {"message":"401 Unauthorized"})");
  EXPECT_EQ(as("WRONG", post), R"(401 {"message":"401 Unauthorized"})");
  EXPECT_EQ(ask("POST /api/v4/projects/7/pipeline?ref=main"), R"(401 {"message":"401 Unauthorized"})");
  EXPECT_EQ(as("GRETA", "POST /api/v4/projects/7/pipeline?ref=main"), R"(403 {"message":"403 Forbidden"})");
  EXPECT_EQ(as("DAN", "POST /api/v4/projects/8/pipeline?ref=main"), R"(404 {"message":"404 Project Not Found"})");
  EXPECT_EQ(as("MIA", "POST /api/v4/projects/7/pipeline?ref=none"),
            R"(400 {"message":{"base":["Reference not found"]}})");
  as("MIA", post,
     "Content-Type: application/json\n\n"
     R"({"ref":"main","variables":[{"key":"A","value":"1"},)"
     R"({"key":"F","value":"x","variable_type":"file"}]})");
  EXPECT_EQ(last_.status, 201);
  EXPECT_EQ(last_json()["source"], "api");
  EXPECT_EQ(as("MIA", "GET /api/v4/projects/7/pipelines/1/variables"),
            R"(200 [{"variable_type":"env_var","key":"A","value":"1","raw":false},)"
            R"({"variable_type":"file","key":"F","value":"x","raw":false}])");
  use("build: {scrip: make}\n");
  as("MIA", "POST /api/v4/projects/7/pipeline?ref=main");
  EXPECT_EQ(last_.status, 400);
}

TEST_F(PipelineApi, ShowsPipelines) {
  const std::string token = new_token();
  trigger(token);
  trigger(token, "ref=v1");
  EXPECT_EQ(as("GRETA", "GET /api/v4/projects/7/pipelines"), R"(403 {"message":"403 Forbidden"})");
  as("DAN", "GET /api/v4/projects/7/pipelines?ref=v1");
  EXPECT_EQ(last_json().size(), 1U);
  as("DAN", "GET /api/v4/projects/7/pipelines?per_page=1&page=2&sort=asc");
  EXPECT_EQ(last_json()[0]["ref"], "v1");
  EXPECT_EQ(find_header(last_.headers, "X-Total-Pages"), "2");
  EXPECT_EQ(find_header(last_.headers, "X-Prev-Page"), "1");
  EXPECT_EQ(as("DAN", "GET /api/v4/projects/7/pipelines/99"), R"(404 {"message":"404 Not found"})");
  EXPECT_EQ(as("DAN", "GET /api/v4/projects/7/pipelines/99999999999999999999"), R"(404 {"message":"404 Not found"})");
  EXPECT_EQ(as("DAN", "GET /api/v4/projects/7/pipelines?page=0"),
            R"(400 {"error":"page does not have a valid value"})");
  EXPECT_EQ(as("DAN", "GET /api/v4/projects/7/pipelines?page=x"), R"(400 {"error":"page is invalid"})");
  EXPECT_EQ(as("DAN", "GET /api/v4/projects/7/pipelines/1/variables"), R"(403 {"message":"403 Forbidden"})");
  EXPECT_EQ(as("OLGA", "GET /api/v4/projects/8/pipelines/1"), R"(404 {"message":"404 Not found"})");
  as("DAN", "GET /api/v4/projects/7/pipelines/1/jobs");
  EXPECT_EQ(last_json()[0]["willrun"].dump(), R"({"when":"on_success","triggered":true,"trigger_short_token":")" +
                                                  token.substr(6, 4) + R"(","variables":["TRIGGER_PAYLOAD"]})");
}

class LintApi : public ApiTest {};

TEST_F(LintApi, LintsWhatIsCommitted) {
  const std::string_view get = "GET /api/v4/projects/7/ci/lint";
  EXPECT_EQ(
      as("DAN", get),
      R"(200 {"valid":true,"errors":[],"warnings":[],"merged_yaml":"---\nbuild:\n  script: make\n","includes":[]})");
  EXPECT_EQ(ask(get), R"(404 {"message":"404 Project Not Found"})");
  EXPECT_EQ(as("GRETA", get), R"(403 {"message":"403 Forbidden"})");
  EXPECT_EQ(ask("GET /api/v4/projects/9/ci/lint").substr(0, 3), "200");
  EXPECT_EQ(as("DAN", "GET /api/v4/projects/7/ci/lint?sha=a&content_ref=b"),
            R"(400 {"error":"sha, content_ref are mutually exclusive"})");
  EXPECT_EQ(as("DAN", "GET /api/v4/projects/7/ci/lint?ref=a&dry_run_ref=b"),
            R"(400 {"error":"ref, dry_run_ref are mutually exclusive"})");
  EXPECT_EQ(ask("GET /api/v4/projects/7/ci/lint?ref=a&dry_run_ref=b&sha=a&content_ref=b&dry_run=x&include_jobs=z"),
            R"(400 {"error":"sha, content_ref are mutually exclusive, dry_run is invalid, include_jobs is invalid, )"
            R"(ref, dry_run_ref are mutually exclusive"})");
  for (const char* word : {"True", "TRUE", "yes", "Y", "on", "1", "t"})
    EXPECT_EQ(as("DAN", std::string("GET /api/v4/projects/7/ci/lint?include_jobs=") + word).substr(0, 3), "200");
  EXPECT_EQ(as("DAN", "GET /api/v4/projects/7/ci/lint?content_ref=none"), R"(404 {"message":"404 Commit Not Found"})");
  as("DAN", "GET /api/v4/projects/7/ci/lint?dry_run=true&dry_run_ref=none");
  EXPECT_EQ(last_json()["errors"][0], "Reference not found");
  as("DAN", "GET /api/v4/projects/7/ci/lint?include_jobs=true");
  EXPECT_EQ(last_json()["jobs"].dump(),
            R"([{"name":"build","stage":"test","before_script":[],"script":["make"],"after_script":[],"tag_list":[],)"
            R"("only":{"refs":["branches","tags"]},"except":null,"environment":null,"when":"on_success",)"
            R"("allow_failure":false,"needs":null}])");
}

TEST_F(LintApi, LintsATextInTheProject) {
  const auto lint = [&](std::string_view user, const Json& body) {
    return as(user, "POST /api/v4/projects/7/ci/lint", "Content-Type: application/json\n\n" + body.dump());
  };
  EXPECT_EQ(lint("DAN", {{"x", 1}}), R"(400 {"error":"content is missing"})");
  EXPECT_EQ(lint("NOBODY", {{"dry_run", "x"}}), R"(400 {"error":"content is missing, dry_run is invalid"})");
  EXPECT_EQ(lint("GRETA", {{"content", "a: b"}}), R"(403 {"message":"403 Forbidden"})");
  lint("DAN", {{"content", "build: {scrip: make}"}, {"include_jobs", true}});
  EXPECT_EQ(last_.status, 200);
  EXPECT_FALSE(last_json()["valid"]);
  EXPECT_EQ(last_json()["jobs"].dump(), "[]");
  lint("MIA", {{"content", "a: {script: x}\nb: {script: x, only: [tags]}"}, {"dry_run", true}, {"include_jobs", true}});
  EXPECT_EQ(last_json()["jobs"].dump(),
            R"([{"name":"a","stage":"test","before_script":[],"script":["x"],"after_script":[],"tag_list":[],)"
            R"("environment":null,"when":"on_success","allow_failure":false}])");
}

class Operation : public ApiTest {};

TEST_F(Operation, LogsWithoutSecrets) {
  const std::string token = new_token();
  trigger(token, "ref=main&variables[PASSWORD]=hush");
  ask("POST /api/v4/projects/7/ref/x%22%0Ay/trigger/pipeline?token=" + token + "\nX-Request-Id: abc-1\n");
  EXPECT_EQ(find_header(last_.headers, "X-Request-Id"), "abc-1");
  ask("GET /healthz\nX-Request-Id: a b\"\n");
  EXPECT_NE(find_header(last_.headers, "X-Request-Id"), "a b\"");
  const std::string log = log_.str();
  for (const std::string& secret : {token, std::string("hush"), std::string("MIA")})
    EXPECT_EQ(log.find(secret), std::string::npos) << secret;
  std::istringstream lines(log);
  for (std::string line; std::getline(lines, line);) EXPECT_TRUE(Json::accept(line)) << line;
  EXPECT_NE(log.find(R"("request_id":"abc-1")"), std::string::npos);
}

TEST_F(Operation, AnswersItsKeepers) {
  EXPECT_EQ(ask("GET /healthz"), "200 ok\n");
  EXPECT_EQ(ask("GET /readyz"), "200 ready\n");
  ask("GET /metrics");
  EXPECT_NE(last_.body.find(R"(willrun_requests_total{route="/healthz",method="GET",status="200"} 1)"),
            std::string::npos);
  for (const char* method : {"BREW", "A", "B"}) EXPECT_EQ(ask(std::string(method) + " /healthz").substr(0, 3), "404");
  ask("GET /metrics");
  EXPECT_NE(last_.body.find(R"(willrun_requests_total{route="none",method="other",status="404"} 3)"),
            std::string::npos);
  EXPECT_EQ(ask("GET /nowhere"), R"(404 {"error":"404 Not Found"})");
}

TEST_F(Operation, LimitsCallsOfAToken) {
  start();
  change([](Configuration& one) { one.requests_per_minute = 2; });
  const std::string token = new_token();
  EXPECT_EQ(trigger(token).substr(0, 3), "201");
  EXPECT_EQ(trigger(token).substr(0, 3), "201");
  EXPECT_EQ(trigger(token), R"(429 {"message":"429 Too Many Requests"})");
  EXPECT_EQ(find_header(last_.headers, "Retry-After"), "60");
}

}  // namespace
}  // namespace willrun::server
