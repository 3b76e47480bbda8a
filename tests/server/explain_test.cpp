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

}  // namespace
}  // namespace willrun::server
