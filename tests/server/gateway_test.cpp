// A project with `forward:`, before a stand-in for its GitLab on loopback.
#include <gtest/gtest.h>

#include <mutex>

#include "server/api_fixture.hpp"
#include "server/loopback.hpp"

namespace willrun::server {
namespace {

// Answers everything alike, and remembers what it was asked.
class StandIn : public Handler {
 public:
  void handle(Request request, Reply reply) override {
    {
      const std::lock_guard lock(mutex_);
      seen_.push_back(std::move(request));
      if (silent_) {
        unanswered_.push_back(std::move(reply));
        return;
      }
    }
    Response response;
    response.status = 201;
    response.body = R"({"id":4711})";
    reply(std::move(response));
  }
  std::vector<Request> seen() const {
    const std::lock_guard lock(mutex_);
    return seen_;
  }
  // A reply belongs to a connection, and goes before the listener does.
  void drop() {
    const std::lock_guard lock(mutex_);
    unanswered_.clear();
  }
  void be_silent() {
    const std::lock_guard lock(mutex_);
    silent_ = true;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<Request> seen_;
  std::vector<Reply> unanswered_;  // a reply that is dropped closes its connection
  bool silent_ = false;
};

class Gateway : public ApiTest {
 protected:
  ~Gateway() override { gitlab_.drop(); }
  void start_before(std::uint16_t port, std::string_view more = "") {
    start("forward: {url: 'http://127.0.0.1:" + std::to_string(port) + "', project: there/app" + std::string(more) +
          "}");
  }

  StandIn gitlab_;
  Loopback loopback_{gitlab_};
};

TEST_F(Gateway, PassesOnWhatIsAcceptedAndNothingElse) {
  start_before(loopback_.port());
  as("MIA", "POST /api/v4/projects/7/triggers?description=known&token=glptt-of-their-gitlab");
  EXPECT_EQ(last_json()["token"], "glptt-of-their-gitlab");
  EXPECT_EQ(trigger("glptt-of-their-gitlab", "ref=none"), R"(400 {"message":{"base":["Reference not found"]}})");
  EXPECT_EQ(trigger("glptt-unknown"), R"(404 {"message":"404 Not Found"})");
  trigger("glptt-of-their-gitlab", "ref=main&dry_run=true");
  EXPECT_EQ(last_.status, 200);
  EXPECT_TRUE(gitlab_.seen().empty());
  const std::string query = "?token=glptt-of-their-gitlab";
  EXPECT_EQ(ask("POST /api/v4/projects/7/ref/feature%2Fx/trigger/pipeline" + query +
                "\nContent-Type: application/json\nX-Gitlab-Event: Push Hook\nCookie: secret\n\n"
                R"({"a":1})"),
            R"(201 {"id":4711})");
  const auto seen = gitlab_.seen();
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].method, "POST");
  EXPECT_EQ(seen[0].target, "/api/v4/projects/there%2Fapp/ref/feature%2Fx/trigger/pipeline" + query);
  EXPECT_EQ(seen[0].body, R"({"a":1})");
  EXPECT_EQ(seen[0].header("Content-Type"), "application/json");
  EXPECT_EQ(seen[0].header("X-Gitlab-Event"), "Push Hook");
  EXPECT_EQ(seen[0].header("Cookie"), "");
  as("MIA", "GET /api/v4/projects/7/pipelines");
  EXPECT_EQ(last_.body, "[]");
}

TEST_F(Gateway, PutsItsOwnTokenInPlace) {
  folder_.write("token", "glptt-theirs\n");
  start_before(loopback_.port(), ", token_file: token");
  const std::string token = new_token();
  EXPECT_EQ(trigger(token, "ref=main&variables[A]=b"), R"(201 {"id":4711})");
  const auto seen = gitlab_.seen();
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].target, "/api/v4/projects/there%2Fapp/trigger/pipeline");
  EXPECT_EQ(Json::parse(seen[0].body), Json::parse(R"({"token":"glptt-theirs","ref":"main","variables":{"A":"b"}})"));
}

TEST_F(Gateway, SaysThatNobodyAnswers) {
  start_before(1);
  EXPECT_EQ(trigger(new_token()), R"(502 {"message":"502 Bad Gateway"})");
  gitlab_.be_silent();
  start_before(loopback_.port(), ", timeout_seconds: 1");
  EXPECT_EQ(trigger(new_token()), R"(504 {"message":"504 Gateway Timeout"})");
}

}  // namespace
}  // namespace willrun::server
