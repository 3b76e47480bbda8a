// A whole server without sockets: requests as text in, status and body as text out.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <sstream>
#include <string>

#include "server/service.hpp"
#include "tools/git_folder.hpp"

namespace willrun::server {

inline constexpr std::string_view kConfiguration = R"(
url: http://ci.test
users:
  - {id: 1, username: olga, name: Olga, access_tokens: ['sha256:OLGA']}
  - {id: 2, username: mia, name: Mia, access_tokens: ['sha256:MIA']}
  - {id: 3, username: dan, name: Dan, access_tokens: ['sha256:DAN']}
  - {id: 4, username: greta, name: Greta, access_tokens: ['sha256:GRETA']}
  - {id: 5, username: bob, name: Bob, blocked: true, access_tokens: ['sha256:BOB']}
projects:
  - id: 7
    path: group/app
    repository: app
    members: {olga: owner, mia: maintainer, dan: developer, greta: guest, bob: owner}
    job_token_projects: [group/other]
    EXTRA
  - {id: 8, path: group/other, repository: other, members: {olga: owner, mia: maintainer}}
  - {id: 9, path: group/open, repository: other, visibility: public, members: {olga: owner}}
)";

class ApiTest : public testing::Test {
 protected:
  ApiTest() : app_(folder_.path() / "app"), other_(folder_.path() / "other") {
    app_.commit(".gitlab-ci.yml", kPlain);
    app_.run("tag v1");
    app_.run("branch feature/x");
    other_.commit(".gitlab-ci.yml", kPlain);
  }

  // The configuration; `extra`: more keys of project 7, a line each.
  ConfigurationOutcome configured(std::string_view extra = {}, std::string text = std::string(kConfiguration)) {
    const auto put = [&](std::string_view what, std::string_view with) {
      if (const std::size_t at = text.find(what); at != std::string::npos) text.replace(at, what.size(), with);
    };
    put("EXTRA", extra);
    for (const char* name : {"OLGA", "MIA", "DAN", "GRETA", "BOB"}) put(name, sha256_hex(name));
    folder_.write("server.yml", text);
    return read_configuration(folder_.path() / "server.yml");
  }

  void start(std::string_view extra = {}) {
    ConfigurationOutcome read = configured(extra);
    ASSERT_EQ(read.failure, "");
    ServiceOptions options;
    options.now = clock_;
    options.cleanup_interval = cleanup_interval_;
    options.log = [this](std::string_view line) {
      const std::lock_guard lock(log_mutex_);
      log_ << line << '\n';
    };
    options.workers = 2;
    service_ = std::make_unique<Service>(std::move(read.configuration), make_store(),
                                         TokenKey::from_file(folder_.path() / "key"), options);
  }

  virtual std::unique_ptr<Store> make_store() {
    return open_sqlite_store({(folder_.path() / "store.db").string(), false});
  }

  // Puts a configuration into force that differs so from the one before.
  void change(const std::function<void(Configuration&)>& difference) {
    EXPECT_TRUE(service_->reload([&] {
      ConfigurationOutcome next{service_->snapshot()->configuration, {}};
      difference(next.configuration);
      return next;
    }));
  }

  Response send(Request request) {
    if (!service_) start();
    std::promise<Response> promise;
    service_->handle(std::move(request), [&](Response response) { promise.set_value(std::move(response)); });
    return promise.get_future().get();
  }

  // "METHOD target", lines of headers, an empty line, the body.
  static Request request_of(std::string_view text) {
    Request request;
    request.peer = "127.0.0.1";
    const auto line = [&] {
      const std::size_t end = text.find('\n');
      std::string one(text.substr(0, end));
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
      return one;
    };
    const std::string first = line();
    request.method = first.substr(0, first.find(' '));
    request.target = first.substr(first.find(' ') + 1);
    for (std::string header = line(); !header.empty(); header = line())
      request.headers.push_back({header.substr(0, header.find(':')), header.substr(header.find(':') + 2)});
    request.body = text;
    return request;
  }

  // "STATUS body", without what is under `willrun`.
  std::string ask(std::string_view text) {
    last_ = send(request_of(text));
    std::string body = last_.body;
    const std::size_t ours = body.find(",\"willrun\":");
    if (ours != std::string::npos) body = body.substr(0, ours) + "}";
    return std::to_string(last_.status) + " " + body;
  }
  std::string as(std::string_view user, std::string_view first, std::string_view rest = "\n") {
    std::string text(first);
    return ask(text.append("\nPRIVATE-TOKEN: ").append(user).append("\n").append(rest));
  }
  Json last_json() const { return Json::parse(last_.body); }

  // A trigger token of this user, who is a Maintainer.
  std::string new_token(std::string_view user = "MIA") {
    EXPECT_EQ(as(user, "POST /api/v4/projects/7/triggers?description=t").substr(0, 3), "201");
    return last_json()["token"];
  }
  // The trigger endpoint, with a token and further parameters of the query.
  std::string trigger(std::string_view token, std::string_view query = "ref=main") {
    return ask(std::string("POST /api/v4/projects/7/trigger/pipeline?token=").append(token).append("&").append(query));
  }
  void use(std::string_view configuration) { app_.commit(".gitlab-ci.yml", configuration); }

  static constexpr std::string_view kPlain = "build:\n  script: make\n";
  static constexpr std::string_view kInputs = R"(spec:
  inputs:
    environment: {options: [dev, production], default: dev}
    count: {type: number, default: 1}
    list: {type: array, default: [make]}
    quiet: {type: boolean, default: true}
---
build $[[ inputs.environment ]] $[[ inputs.count ]] $[[ inputs.quiet ]]:
  script: $[[ inputs.list ]]
)";

  tools::ScratchFolder folder_;
  tools::GitFolder app_;
  tools::GitFolder other_;
  Time now_ = Time(std::chrono::seconds(1'800'000'000));  // 2027-01-15T08:00:00Z
  std::function<Time()> clock_ = [this] { return now_; };
  std::chrono::milliseconds cleanup_interval_{0};
  std::mutex log_mutex_;
  std::ostringstream log_;
  std::unique_ptr<Service> service_;
  Response last_;
};

}  // namespace willrun::server
