// Hostile requests: a 4xx each, and nothing leaks. What sockets refuse (size, slowness, broken headers) is in
// listener_test.cpp, what parsers refuse in parameters_test.cpp, addresses inside in api_test.cpp.
#include <algorithm>
#include <array>

#include "server/api_fixture.hpp"

namespace willrun::server {
namespace {

class Hostile : public ApiTest {
 protected:
  // The median time of a trigger with this token, of several tokens in turn.
  template <std::size_t count>
  std::array<double, count> median_microseconds(const std::array<std::string, count>& tokens) {
    constexpr int kRuns = 1'001;
    std::array<std::vector<double>, count> times;
    for (int run = 0; run < kRuns; ++run) {
      for (std::size_t i = 0; i < count; ++i) {
        const auto start = std::chrono::steady_clock::now();
        trigger(tokens[i]);
        times[i].push_back(std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count());
        EXPECT_EQ(last_.status, 404);
      }
    }
    std::array<double, count> medians{};
    for (std::size_t i = 0; i < count; ++i) {
      std::ranges::nth_element(times[i], times[i].begin() + kRuns / 2);
      medians[i] = times[i][kRuns / 2];
    }
    return medians;
  }
};

TEST_F(Hostile, PathsOfProjectsLeadNowhereElse) {
  const std::string token = new_token();
  for (const char* project : {"..%2F..%2Fetc", "group%2F..%2Fgroup%2Fapp", "group%2Fapp%2F..%2Fapp", "%2Fgroup%2Fapp",
                              "group%2Fapp%2F", "..", "7%00", "-7", "07x", "7%2F", "group%2Fapp.git", "%ff",
                              "99999999999999999999999", "7;DROP%20TABLE%20pipelines"}) {
    ask("POST /api/v4/projects/" + std::string(project) + "/trigger/pipeline?ref=main&token=" + token);
    EXPECT_TRUE(last_.status == 404 || last_.status == 400) << project << ": " << last_.status << last_.body;
    EXPECT_EQ(last_.body.find(folder_.path().string()), std::string::npos) << project;
  }
}

TEST_F(Hostile, NestedParametersAreNoTexts) {
  const std::string token = new_token();
  const std::string path = "POST /api/v4/projects/7/trigger/pipeline?";
  EXPECT_EQ(ask(path + "ref[]=main&token=" + token), R"(400 {"error":"ref is invalid"})");
  EXPECT_EQ(ask(path + "ref[a][b]=main&token=" + token), R"(400 {"error":"ref is invalid"})");
  EXPECT_EQ(ask(path + "ref=main&token[]=" + token), R"(400 {"error":"token is invalid"})");
  EXPECT_EQ(ask(path + "ref=main&ref=none&token=" + token),
            R"(400 {"message":{"base":["Reference not found"]}})");  // the last one counts
  EXPECT_EQ(ask(path + "ref=main&token=" + token + "&token=x"), R"(404 {"message":"404 Not Found"})");
  trigger(token, "ref=main&variables[A][B]=1");
  EXPECT_EQ(last_.status, 400);
  trigger(token, "ref=main&variables[]=1");
  EXPECT_EQ(last_.status, 400);
}

TEST_F(Hostile, ValuesBecomeNoHeaders) {
  const std::string token = new_token();
  const std::string evil = "x%0d%0aSet-Cookie:%20a=b";
  for (const std::string& request :
       {"GET /api/v4/projects/7/pipelines?ref=" + evil, "GET /api/v4/projects/7/triggers?x=" + evil,
        "GET /api/v4/projects/" + evil + "/triggers", "POST /api/v4/projects/7/triggers?description=" + evil,
        "POST /api/v4/projects/7/trigger/pipeline?token=" + token + "&ref=" + evil}) {
    as("MIA", request);
    for (const Header& header : last_.headers)
      EXPECT_EQ(header.value.find_first_of("\r\n"), std::string::npos) << request << ": " << header.name;
    EXPECT_EQ(std::ranges::count(log_.str(), '\n'), std::ranges::count(log_.str(), '}')) << request;
  }
  for (const char* id : {"a\rSet-Cookie: a=b", "a b", "a\"b", "\xFF"}) {
    ask("GET /healthz\nX-Request-Id: " + std::string(id));
    EXPECT_NE(find_header(last_.headers, "X-Request-Id"), id);
  }
}

TEST_F(Hostile, TokensAndNumbersAreOfTheirProject) {
  const std::string token = new_token();
  const std::string id = std::to_string(last_json()["id"].get<Id>());
  EXPECT_EQ(trigger(token).substr(0, 3), "201");
  const std::string pipeline = std::to_string(last_json()["id"].get<Id>());
  const std::string other = "/api/v4/projects/8/";
  const std::string unknown = ask("POST " + other + "trigger/pipeline?ref=main&token=none");
  EXPECT_EQ(ask("POST " + other + "trigger/pipeline?ref=main&token=" + token), unknown);
  EXPECT_EQ(as("MIA", "GET " + other + "triggers/" + id).substr(0, 3), "404");
  EXPECT_EQ(as("MIA", "PUT " + other + "triggers/" + id + "?description=x").substr(0, 3), "404");
  EXPECT_EQ(as("MIA", "DELETE " + other + "triggers/" + id).substr(0, 3), "404");
  EXPECT_EQ(as("MIA", "GET " + other + "pipelines/" + pipeline).substr(0, 3), "404");
  EXPECT_EQ(as("MIA", "GET " + other + "pipelines/" + pipeline + "/jobs").substr(0, 3), "404");
  EXPECT_EQ(as("MIA", "GET " + other + "pipelines/" + pipeline + "/variables").substr(0, 3), "404");
  EXPECT_EQ(as("MIA", "GET " + other + "triggers"), "200 []");
  EXPECT_EQ(trigger(token).substr(0, 3), "201");  // nothing of that touched it
}

// A token is found by its keyed hash, so that how much of it is right shows nowhere. Medians of calls in turn, with
// wide bounds, since machines are noisy: differences of nanoseconds are not seen here.
TEST_F(Hostile, TimeSaysNothingOfATokensCharacters) {
  std::string last = new_token();
  for (int i = 0; i < 100; ++i) new_token();
  last.back() = last.back() == 'A' ? 'B' : 'A';
  std::string first = last;
  first.replace(6, 4, "____");
  const auto [all_but_one, all_but_five, nothing] =
      median_microseconds(std::array<std::string, 3>{last, first, "glptt-" + std::string(20, '_')});
  RecordProperty("medians",
                 std::to_string(all_but_one) + " " + std::to_string(all_but_five) + " " + std::to_string(nothing));
  for (const double other : {all_but_five, nothing}) {
    EXPECT_GT(all_but_one / other, 0.8);
    EXPECT_LT(all_but_one / other, 1.25);
  }
}

}  // namespace
}  // namespace willrun::server
