// A configuration takes the place of another one while requests are answered. SIGHUP itself is in reload.sh.
#include <atomic>
#include <thread>

#include "server/api_fixture.hpp"
#include "server/fixed_keys.hpp"
#include "server/passing_store.hpp"

namespace willrun::server {
namespace {

class Reload : public ApiTest {
 protected:
  void SetUp() override { start(); }

  // The configuration of the tests with `what` replaced by `with`.
  bool reload(std::string_view what, std::string_view with) {
    std::string text(kConfiguration);
    text.replace(text.find(what), what.size(), with);
    return service_->reload([&] { return configured("", text); });
  }
  bool log_has(std::string_view text) const { return log_.str().find(text) != std::string::npos; }
  double metric(std::string_view name) {
    ask("GET /metrics");
    const std::size_t at = last_.body.find("\n" + std::string(name) + " ");
    return at == std::string::npos ? -1 : std::stod(last_.body.substr(at + name.size() + 2));
  }
  std::string status(const std::string& answer) { return answer.substr(0, 3); }
};

TEST_F(Reload, TakesAnAccessTokenAway) {
  const std::string_view list = "GET /api/v4/projects/7/triggers";
  EXPECT_EQ(status(as("MIA", list)), "200");
  EXPECT_TRUE(reload(", access_tokens: ['sha256:MIA']", ""));
  EXPECT_EQ(as("MIA", list), R"(401 {"message":"401 Unauthorized"})");
  EXPECT_EQ(status(as("OLGA", list)), "200");
}

TEST_F(Reload, TakesATokenFromItsOwner) {
  const std::string token = new_token("MIA");
  EXPECT_EQ(status(trigger(token)), "201");
  EXPECT_TRUE(reload("mia: maintainer, dan", "mia: guest, dan"));
  EXPECT_EQ(trigger(token), R"(400 {"message":{"base":["Insufficient permissions to create a new pipeline"]}})");
  EXPECT_TRUE(reload("mia: maintainer, dan: developer, greta: guest", "dan: developer"));
  EXPECT_EQ(trigger(token), R"(400 {"message":{"base":["Insufficient permissions to create a new pipeline"]}})");
  EXPECT_TRUE(reload("username: mia, name: Mia", "username: mia, name: Mia, blocked: true"));
  EXPECT_EQ(trigger(token), R"(400 {"message":{"base":["Insufficient permissions to create a new pipeline"]}})");
  EXPECT_TRUE(reload("url:", "url:"));
  EXPECT_EQ(status(trigger(token)), "201");
}

TEST_F(Reload, AddsAndRemovesProjects) {
  const std::string_view show = "GET /api/v4/projects/group%2Fnew/pipelines";
  EXPECT_EQ(status(as("OLGA", show)), "404");
  EXPECT_TRUE(reload("projects:", "projects:\n  - {id: 10, path: group/new, repository: app, members: {olga: owner}}"));
  EXPECT_EQ(status(as("OLGA", show)), "200");
  EXPECT_EQ(status(as("OLGA", "POST /api/v4/projects/10/pipeline?ref=main")), "201");
  EXPECT_TRUE(reload("url:", "url:"));
  EXPECT_EQ(as("OLGA", show), R"(404 {"message":"404 Project Not Found"})");
}

TEST_F(Reload, LeavesTheOldConfigurationWhenTheFileIsWrong) {
  const std::string file = (folder_.path() / "server.yml").string();
  struct ReloadCase {
    std::string_view what;
    std::string_view with;
    std::string failure;
  };
  const ReloadCase rows[] = {
      {"members: {olga: owner, mia", "members: {olha: owner, mia",
       file + ": project group/app: there is no user `olha`; did you mean `olga`?"},
      {"url:", "ulr:", file + ": `ulr` is not known in the configuration; did you mean `url`?"},
      {"repository: other", "repository: gone",
       file + ": project group/other: there is no folder " + (folder_.path() / "gone").string()},
  };
  for (const ReloadCase& row : rows) {
    log_.str("");
    EXPECT_FALSE(reload(row.what, row.with)) << row.with;
    EXPECT_TRUE(log_has(R"("level":"error")")) << log_.str();
    EXPECT_TRUE(log_has("the configuration stays as it was: " + row.failure)) << log_.str();
    EXPECT_EQ(status(as("MIA", "GET /api/v4/projects/7/triggers")), "200") << row.with;
  }
  log_.str("");
  EXPECT_FALSE(reload("users:", "users: ["));
  EXPECT_TRUE(log_has("the configuration stays as it was: " + file + ":")) << log_.str();
  EXPECT_FALSE(service_->reload([]() -> ConfigurationOutcome { throw std::runtime_error("no memory"); }));
  EXPECT_TRUE(log_has("the configuration stays as it was: no memory")) << log_.str();
}

TEST_F(Reload, IsSeenInMetrics) {
  const auto last = [&] {
    return std::pair(metric("willrun_config_last_reload_successful"),
                     metric("willrun_config_last_reload_success_timestamp_seconds"));
  };
  EXPECT_EQ(last(), std::pair(1.0, 1'800'000'000.0));
  now_ += std::chrono::seconds(5);
  EXPECT_FALSE(reload("projects:", "project:"));
  EXPECT_EQ(last(), std::pair(0.0, 1'800'000'000.0));
  now_ += std::chrono::seconds(5);
  EXPECT_TRUE(reload("url:", "url:"));
  EXPECT_EQ(last(), std::pair(1.0, 1'800'000'010.0));
}

// What is decided by the configuration is decided anew when that says otherwise; each row is undone before the next.
TEST_F(Reload, DecidesByTheNewConfiguration) {
  use(R"(
include: [{project: group/other, file: .gitlab-ci.yml, rules: [{if: $INCLUDED}]}]
always: {script: x}
project: {script: x, rules: [{if: $MODE == "new"}]}
name: {script: x, rules: [{if: $GITLAB_USER_NAME == "New"}]}
protected: {script: x, rules: [{if: $CI_COMMIT_REF_PROTECTED == "false"}]}
server: {script: x, rules: [{if: $CI_SERVER_HOST == "new.test"}]}
)");
  const std::string token = new_token();
  const auto jobs = [&] {
    trigger(token);
    if (last_.status != 201) return std::to_string(last_.status);
    const std::string id = to_text(last_json()["id"]);
    as("OLGA", "GET /api/v4/projects/7/pipelines/" + id + "/jobs");
    std::string names;
    for (const Json& job : last_json()) names += job["name"].get<std::string>() + " ";
    return names;
  };
  struct ReloadCase {
    std::string_view what;
    std::string_view with;
    std::string_view jobs;
  };
  const ReloadCase rows[] = {
      {"EXTRA", "variables: {MODE: new}", "project always "},
      {"EXTRA", "variables: {MODE: other}", "always "},
      {"EXTRA", "protected: [release]", "protected always "},
      {"EXTRA", "variables: {INCLUDED: '1'}", "always build "},
      {"users:", "groups: [{path: group, variables: {MODE: new}}]\nusers:", "project always "},
      {"users:", "variables: {MODE: new}\nusers:", "project always "},
      {"name: Mia", "name: New", "name always "},
      {"http://ci.test", "http://new.test", "server always "},
  };
  EXPECT_EQ(jobs(), "always ");
  for (const ReloadCase& row : rows) {
    EXPECT_TRUE(reload(row.what, row.with));
    EXPECT_EQ(jobs(), row.jobs) << row.with;
    EXPECT_TRUE(reload("url:", "url:"));
    EXPECT_EQ(jobs(), "always ") << "back from " << row.with;
  }
}

TEST_F(Reload, AsksAgainWhoMayReadWhatIsIncluded) {
  use("include: [{project: group/other, file: .gitlab-ci.yml}]\n");
  const std::string token = new_token();
  EXPECT_EQ(status(trigger(token)), "201");
  EXPECT_TRUE(reload("{olga: owner, mia: maintainer}}", "{olga: owner}}"));
  EXPECT_EQ(status(trigger(token)), "422");
  EXPECT_TRUE(reload("url:", "url:"));
  EXPECT_EQ(status(trigger(token)), "201");
}

// The first one, too, which has to wait for the number that its rules ask for when the program is there.
TEST_F(Reload, FindsAProgramOnceForEachTrigger) {
  app_.commit("b.yml", "b: {script: x, rules: [{if: $CI_PIPELINE_IID}]}\n");
  use("include: b.yml\na: {script: x}\n");
  const std::string token = new_token();
  for (int i = 0; i < 4; ++i) EXPECT_EQ(status(trigger(token)), "201");
  EXPECT_EQ(metric("willrun_programs_misses"), 1);
  EXPECT_EQ(metric("willrun_programs_hits"), 4);
}

TEST_F(Reload, KeepsProgramsThatAreStillRight) {
  const std::string token = new_token();
  const auto loads = [&] {
    const double before = metric("willrun_programs_misses");
    EXPECT_EQ(status(trigger(token)), "201");
    return metric("willrun_programs_misses") > before;
  };
  EXPECT_TRUE(loads());
  EXPECT_FALSE(loads());
  EXPECT_TRUE(reload("url:", "url:"));
  EXPECT_FALSE(loads()) << "nothing changed";
  EXPECT_TRUE(reload("projects:", "projects:\n  - {id: 10, path: group/new, repository: app}"));
  EXPECT_FALSE(loads()) << "another project came";
  EXPECT_TRUE(reload("users:", "users:\n  - {id: 10, username: new}"));
  EXPECT_FALSE(loads()) << "another user came";
  EXPECT_TRUE(reload("name: Mia", "name: New"));
  EXPECT_FALSE(loads()) << "decided anew, by the same program";
  EXPECT_TRUE(reload("EXTRA", "variables: {A: b}"));
  EXPECT_TRUE(loads()) << "its own settings changed";
}

TEST_F(Reload, FollowsTheRepository) {
  const std::string token = new_token();
  const auto default_branch = [&] {
    as("OLGA", "GET /api/v4/projects");
    return to_text(last_json()[2]["default_branch"]);
  };
  EXPECT_EQ(default_branch(), R"("main")");
  app_.run("branch -q -m main trunk");
  EXPECT_TRUE(reload("url:", "url:"));
  EXPECT_EQ(default_branch(), R"("trunk")");
  EXPECT_EQ(status(trigger(token, "ref=trunk")), "201");
  EXPECT_TRUE(reload("repository: app", "repository: other"));
  EXPECT_EQ(default_branch(), R"("main")");
  EXPECT_EQ(status(trigger(token, "ref=trunk")), "400");
}

TEST_F(Reload, NamesKeysThatCountFromTheNextStart) {
  struct ReloadCase {
    std::string_view line;
    std::string_view key;
  };
  const ReloadCase rows[] = {
      {"listen: 127.0.0.1:1", "listen"},
      {"listen: '[::1]:1'", "listen"},
      {"store: other.db", "store"},
      {"store_full_sync: false", "store_full_sync"},
      {"key_file: other", "key_file"},
      {"threads: 3", "threads"},
      {"limits: {header_bytes: 1}", "limits.header_bytes"},
      {"limits: {body_bytes: 1}", "limits.body_bytes"},
      {"limits: {connections: 1}", "limits.connections"},
      {"limits: {request_seconds: 1}", "limits.request_seconds"},
      {"limits: {idle_seconds: 1}", "limits.idle_seconds"},
  };
  const Configuration now = configured().configuration;
  for (const ReloadCase& row : rows) {
    const std::string text = std::string(row.line) + std::string(kConfiguration);
    Configuration next = configured("", text).configuration;
    EXPECT_EQ(keep_fixed_keys(now, next), std::vector{row.key}) << row.line;
    EXPECT_TRUE(keep_fixed_keys(now, next).empty()) << "it stays as it is: " << row.line;
  }
  for (int i = 0; i < 2; ++i) {
    log_.str("");
    EXPECT_TRUE(reload("url:", "threads: 3\nkey_file: other\nurl:"));
    EXPECT_TRUE(log_has("`threads` has changed, which counts from the next start on")) << log_.str();
    EXPECT_TRUE(log_has("`key_file` has changed, which counts from the next start on")) << log_.str();
  }
  log_.str("");
  EXPECT_TRUE(reload("url:", "url:"));
  EXPECT_FALSE(log_has("next start")) << log_.str();
}

// Holds writes of pipelines back.
class HoldingStore : public PassingStore {
 public:
  using PassingStore::PassingStore;
  void add_pipeline(Pipeline pipeline, Done<Pipeline> done) override {
    held.set_value([this, pipeline, done] { store().add_pipeline(pipeline, done); });
  }
  std::promise<std::function<void()>> held;  // writes it
};

class ReloadMeanwhile : public Reload {
 protected:
  std::unique_ptr<Store> make_store() override { return std::make_unique<HoldingStore>(ApiTest::make_store()); }
};

TEST_F(ReloadMeanwhile, LeavesACallWithWhatItBeganWith) {
  const std::string token = new_token();
  std::promise<Response> promise;
  auto& store = static_cast<HoldingStore&>(service_->store());
  service_->handle(request_of("POST /api/v4/projects/7/trigger/pipeline?ref=main&token=" + token),
                   [&](Response response) { promise.set_value(std::move(response)); });
  const std::function<void()> write = store.held.get_future().get();
  EXPECT_TRUE(reload("http://ci.test", "http://new.test"));
  EXPECT_TRUE(service_->reload([&] {
    ConfigurationOutcome read = configured();
    read.configuration.projects.erase(read.configuration.projects.begin());
    read.configuration.users.clear();
    read.configuration.access_tokens.clear();
    return read;
  }));
  write();
  const Response answer = promise.get_future().get();
  EXPECT_EQ(answer.status, 201);
  const Json pipeline = Json::parse(answer.body);
  EXPECT_EQ(pipeline["web_url"].get<std::string>().substr(0, 25), "http://ci.test/group/app/");
  EXPECT_EQ(pipeline["user"]["username"], "mia");
  EXPECT_EQ(status(trigger(token)), "404");
}

TEST_F(Reload, HoldsUpNobody) {
  const std::string token = new_token();
  std::atomic<bool> stop{false};
  std::atomic<int> answered{0};
  std::atomic<int> wrong{0};
  const auto ask_on = [&](const std::string& text, int status) {
    while (!stop) {
      std::promise<Response> promise;
      service_->handle(request_of(text), [&](Response response) { promise.set_value(std::move(response)); });
      if (promise.get_future().get().status != status) ++wrong;
      ++answered;
    }
  };
  {
    std::vector<std::jthread> threads;
    const std::string trigger = "POST /api/v4/projects/7/trigger/pipeline?ref=main&token=" + token;
    threads.emplace_back(ask_on, trigger, 201);
    threads.emplace_back(ask_on, trigger + "&dry_run=true&variables[A]=1", 200);
    threads.emplace_back(ask_on, "GET /api/v4/projects/7/pipelines?per_page=5\nPRIVATE-TOKEN: OLGA", 200);
    threads.emplace_back(ask_on, "GET /api/v4/projects/7/ci/lint\nPRIVATE-TOKEN: OLGA", 200);
    for (int i = 0; i < 30 || answered < 100; ++i) {
      const bool right = i % 3 != 2;
      EXPECT_EQ(reload("EXTRA", !right ? "wrong: 1" : i % 2 == 0 ? "variables: {A: b}" : ""), right);
    }
    stop = true;
  }
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace willrun::server
