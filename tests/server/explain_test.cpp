// Why a job is in a pipeline that is asked about, or is not.
#include "server/api_fixture.hpp"

namespace willrun::server {
namespace {

class Explaining : public ApiTest {};

TEST_F(Explaining, SaysWhyAJobIsLeftOut) {
  use("build: {script: make}\ndeploy:\n  script: make\n  rules: [{if: $CI_COMMIT_TAG}]\n");
  start("variables: {SECRET: {value: hush, masked: true}}");
  EXPECT_EQ(as("GRETA", "GET /api/v4/projects/7/explain?job=deploy"), R"(403 {"message":"403 Forbidden"})");
  as("MIA", "GET /api/v4/projects/7/explain?job=deploy");
  EXPECT_FALSE(last_json()["in_pipeline"]);
  EXPECT_EQ(last_json()["rules"][0]["matched"], false);
  as("MIA", "GET /api/v4/projects/7/explain?job=deploy&source=push&ref=v1");
  EXPECT_EQ(last_.status, 404);  // the tag is older than the job
  EXPECT_EQ(as("MIA", "GET /api/v4/projects/7/explain?job=deplo"),
            R"(404 {"message":"there is no job `deplo`; did you mean `deploy`?"})");
  EXPECT_EQ(as("MIA", "GET /api/v4/projects/7/explain?source=chat"),
            R"(400 {"error":"source does not have a valid value"})");
}

// What is asked about has the payload that a trigger call with the same ref, variables and inputs has.
TEST_F(Explaining, SeesThePayloadOfATrigger) {
  struct Row {
    std::string_view query;
    std::string_view of_trigger;  // the query of that call; empty: it is no trigger
    std::string_view condition;
  };
  const Row rows[] = {
      {"", "ref=main", R"($TRIGGER_PAYLOAD == '{"ref":"main","id":"7","variables":{}}')"},
      {"source=trigger&ref=v1", "ref=v1", R"($TRIGGER_PAYLOAD == '{"ref":"v1","id":"7","variables":{}}')"},
      {"ref=main&target_branch=x&variables[A]=1", "ref=main&variables[A]=1",
       R"($TRIGGER_PAYLOAD == '{"ref":"main","variables":{"A":"1"},"id":"7"}')"},
      {"ref=main&inputs[a]=b&private_token=MIA&other=c", "ref=main&inputs[a]=b&other=c",
       R"($TRIGGER_PAYLOAD == '{"ref":"main","inputs":{"a":"b"},"other":"c","id":"7","variables":{}}')"},
      {"source=push", "", "$TRIGGER_PAYLOAD == null"},
      {"source=api", "", "$TRIGGER_PAYLOAD == null"},
  };
  const std::string token = new_token();
  for (const Row& row : rows) {
    use("spec: {inputs: {a: {default: b}}}\n---\nbuild:\n  script: make\n  rules:\n    - if: " +
        std::string(row.condition) + "\n# " + std::string(row.query));
    app_.run("tag -f v1 > /dev/null");
    const std::string asked = "?job=build&" + std::string(row.query);
    as("MIA", "GET /api/v4/projects/7/explain" + asked);
    EXPECT_EQ(last_json()["in_pipeline"], true) << row.query << last_.body;
    as("MIA", "POST /api/v4/projects/7/willrun/preview" + asked);
    EXPECT_EQ(last_json()["jobs"][0]["left_out"], false) << row.query << last_.body;
    if (row.of_trigger.empty()) continue;
    EXPECT_EQ(trigger(token, row.of_trigger).substr(0, 3), "201") << row.query;
  }
}

}  // namespace
}  // namespace willrun::server
