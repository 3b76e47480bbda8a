// What lists and paths have in common: pages and their headers, filters, numbers in paths.
#include "server/api_fixture.hpp"

namespace willrun::server {
namespace {

class Lists : public ApiTest {
 protected:
  Lists() {
    const std::string token = new_token();
    for (const char* ref : {"main", "v1", "main"}) trigger(token, std::string("ref=") + ref);
  }
  // Of the list of pipelines.
  std::string header(std::string_view query, std::string_view name) {
    as("DAN", std::string("GET /api/v4/projects/7/pipelines?").append(query));
    return std::string(find_header(last_.headers, name));
  }
  std::string list(std::string_view query) {
    return as("DAN", std::string("GET /api/v4/projects/7/pipelines?").append(query));
  }
};

TEST_F(Lists, LinksKeepWhatWasAskedFor) {
  const std::string list = "http://ci.test/api/v4/projects/7/pipelines?";
  EXPECT_EQ(header("ref=main&per_page=1", "Link"), "<" + list + "page=2&per_page=1&ref=main>; rel=\"next\", <" + list +
                                                       "page=1&per_page=1&ref=main>; rel=\"first\", <" + list +
                                                       "page=2&per_page=1&ref=main>; rel=\"last\"");
  EXPECT_EQ(header("x[]=a%26b&x[]=%C3%A9&private_token=DAN&access_token=y", "Link"),
            "<" + list + "page=1&per_page=20&x%5B%5D=%C3%A9&x%5B%5D=a%26b>; rel=\"first\", <" + list +
                "page=1&per_page=20&x%5B%5D=%C3%A9&x%5B%5D=a%26b>; rel=\"last\"");
}

TEST_F(Lists, PagesBehindTheLastHaveNoNeighbours) {
  EXPECT_EQ(header("per_page=2&page=2", "X-Prev-Page"), "1");
  EXPECT_EQ(header("per_page=2&page=2", "X-Next-Page"), "");
  EXPECT_EQ(header("per_page=2&page=3", "X-Prev-Page"), "");
  EXPECT_EQ(header("per_page=2&page=3", "X-Page"), "3");
  EXPECT_EQ(header("per_page=2&page=3", "Link").find("prev"), std::string::npos);
  EXPECT_EQ(header("ref=none", "X-Total-Pages"), "1");
}

TEST_F(Lists, LongListsHaveNextPages) {
  as("DAN", "GET /api/v4/projects/7/repository/branches");
  const std::string sha = last_json()[0]["commit"]["id"];
  std::string refs = "# pack-refs with: sorted\n";
  for (int i = 10'000; i < 20'001; ++i) refs.append(sha).append(" refs/tags/t").append(std::to_string(i)).append("\n");
  folder_.write("app/.git/packed-refs", refs);
  const auto links = [&](std::string_view page) {
    as("DAN", std::string("GET /api/v4/projects/7/repository/tags?per_page=100&page=").append(page));
    return std::to_string(last_json().size()).append(" ").append(find_header(last_.headers, "X-Next-Page"));
  };
  EXPECT_EQ(links("1"), "100 2");
  EXPECT_EQ(links("101"), "2 ");  // v1 is one more
  EXPECT_EQ(std::string(find_header(last_.headers, "X-Total")), "");
}

TEST_F(Lists, PagesBeginAtOne) {
  EXPECT_EQ(list("page=0"), R"(400 {"error":"page does not have a valid value"})");
  EXPECT_EQ(list("page=-1"), R"(400 {"error":"page does not have a valid value"})");
  EXPECT_EQ(list("page=a"), R"(400 {"error":"page is invalid"})");
  EXPECT_EQ(list("per_page=0"), R"(400 {"error":"per_page has a value not allowed"})");
  EXPECT_EQ(list("per_page=-1"), R"(400 {"error":"per_page does not have a valid value"})");
  EXPECT_EQ(header("per_page=1000", "X-Per-Page"), "100");
}

TEST_F(Lists, AreRefusedForAllThatIsWrong) {
  EXPECT_EQ(
      ask("GET "
          "/api/v4/projects/8/pipelines?name[]=a&source=b&sort=c&created_after=d&status=e&scope=f&page=g&per_page=0"),
      R"(400 {"error":"page is invalid, per_page has a value not allowed, scope does not have a valid value, )"
      R"(status does not have a valid value, created_after is invalid, sort does not have a valid value, )"
      R"(source does not have a valid value, name is invalid"})");
  EXPECT_EQ(ask("GET /api/v4/projects/8/pipelines?status=e&page=0"),
            R"(400 {"error":"status does not have a valid value"})");
  EXPECT_EQ(ask("GET /api/v4/projects/8/pipelines/x/jobs?scope=a&per_page=b"),
            R"(400 {"error":"pipeline_id is invalid, scope does not have a valid value, per_page is invalid"})");
}

TEST_F(Lists, PipelinesAreFound) {
  const auto found = [&](std::string_view query) {
    as("DAN", std::string("GET /api/v4/projects/7/pipelines?").append(query));
    std::string ids;
    if (last_.status != 200) return last_.body;
    for (const Json& one : last_json()) ids.append(ids.empty() ? "" : " ").append(std::to_string(one["id"].get<int>()));
    return ids;
  };
  const std::vector<std::pair<std::string_view, std::string_view>> cases = {
      {"username=mia", "3 2 1"},
      {"username=Mia&ref=v1", "2"},
      {"username=nobody", ""},
      {"username=&yaml_errors=&name=", "3 2 1"},
      {"username=dan", ""},
      {"scope=branches", "3"},
      {"scope=tags", "2"},
      {"scope=finished", ""},
      {"scope=running", ""},
      {"scope=odd", R"({"error":"scope does not have a valid value"})"},
      {"source=trigger", "3 2 1"},
      {"source=merge_request_event", ""},
      {"source=odd", R"({"error":"source does not have a valid value"})"},
      {"status=created", "3 2 1"},
      {"status=success", ""},
      {"status=odd", R"({"error":"status does not have a valid value"})"},
      {"yaml_errors=true", ""},
      {"yaml_errors=false", "3 2 1"},
      {"yaml_errors=odd", R"({"error":"yaml_errors is invalid"})"},
      {"name=none", ""},
      {"updated_after=2027-01-15T08:00:00Z", "3 2 1"},
      {"created_after=2027-01-15T08:00:01Z", ""},
      {"updated_before=2027-01-15T07:59:59Z", ""},
      {"created_before=2027-01-16", "3 2 1"},
      {"created_before=odd", R"({"error":"created_before is invalid"})"},
      {"order_by=ref&sort=asc", "1 3 2"},
      {"order_by=updated_at&sort=asc", "1 2 3"},
      {"order_by=odd", R"({"error":"order_by does not have a valid value"})"},
      {"sort=odd", R"({"error":"sort does not have a valid value"})"},
  };
  for (const auto& [query, ids] : cases) EXPECT_EQ(found(query), ids) << query;
}

TEST_F(Lists, JobsHaveAScope) {
  const auto jobs = [&](std::string_view query) {
    as("DAN", std::string("GET /api/v4/projects/7/pipelines/1/jobs").append(query));
    return last_.status == 200 ? std::to_string(last_json().size()) : last_.body;
  };
  EXPECT_EQ(jobs(""), "1");
  EXPECT_EQ(jobs("?scope=created"), "1");
  EXPECT_EQ(jobs("?scope[]=failed&scope[]=created"), "1");
  EXPECT_EQ(jobs("?scope=failed"), "0");
  EXPECT_EQ(jobs("?scope=odd"), R"({"error":"scope does not have a valid value"})");
  EXPECT_EQ(jobs("?scope[a]=created"), R"({"error":"scope is invalid"})");
}

// Grape's checks of the path come before any other.
TEST_F(Lists, NumbersInPathsAreNumbers) {
  EXPECT_EQ(ask("GET /api/v4/projects/7/triggers/abc"), R"(400 {"error":"trigger_id is invalid"})");
  EXPECT_EQ(as("MIA", "DELETE /api/v4/projects/7/triggers/1x"), R"(400 {"error":"trigger_id is invalid"})");
  EXPECT_EQ(as("MIA", "GET /api/v4/projects/7/pipelines/abc"), R"(400 {"error":"pipeline_id is invalid"})");
  EXPECT_EQ(as("MIA", "GET /api/v4/projects/7/pipelines/-1"), R"(404 {"message":"404 Not found"})");
  EXPECT_EQ(as("MIA", "POST /api/v4/projects/7/jobs/x/token"), R"(400 {"error":"job_id is invalid"})");
}

TEST_F(Lists, SlashesBehindAPathDoNotCount) {
  EXPECT_EQ(as("DAN", "GET /api/v4/projects/7/pipelines/").substr(0, 3), "200");
  EXPECT_EQ(as("DAN", "GET /api/v4/projects/7/pipelines//?per_page=1").substr(0, 3), "200");
}

class Changes : public ApiTest {};

TEST_F(Changes, OfNothingLeaveATokenAsItIs) {
  new_token();
  now_ += std::chrono::seconds(5);
  as("MIA", "PUT /api/v4/projects/7/triggers/1");
  EXPECT_EQ(last_json()["updated_at"], "2027-01-15T08:00:00.000Z");
  as("MIA", "PUT /api/v4/projects/7/triggers/1?description=t");
  EXPECT_EQ(last_json()["updated_at"], "2027-01-15T08:00:00.000Z");
  as("MIA", "PUT /api/v4/projects/7/triggers/1?description=u");
  EXPECT_EQ(last_json()["updated_at"], "2027-01-15T08:00:05.000Z");
}

TEST_F(Changes, NameTheVariableThatIsWrong) {
  const auto made = [&](std::string_view variables) {
    return as("MIA", "POST /api/v4/projects/7/pipeline?ref=main",
              std::string("Content-Type: application/json\n\n{\"variables\":").append(variables).append("}"));
  };
  EXPECT_EQ(made(R"([{"key":"A"},{"key":["B"]}])"), R"(400 {"error":"variables[1][key] is invalid"})");
  EXPECT_EQ(made(R"([{"key":"A"},{"key":"B","variable_type":"odd"}])"),
            R"(400 {"error":"variables[1][variable_type] does not have a valid value"})");
  EXPECT_EQ(as("MIA", "POST /api/v4/projects/7/pipeline?ref"), R"(400 {"message":{"base":["Reference not found"]}})");
}

}  // namespace
}  // namespace willrun::server
