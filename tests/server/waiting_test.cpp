// No request waits for the database on the thread that serves its connection.
#include <chrono>

#include <pqxx/pqxx>

#include "server/api_fixture.hpp"
#include "server/router.hpp"
#include "server/store_places.hpp"

namespace willrun::server {
namespace {

using Clock = std::chrono::steady_clock;

class Waiting : public ApiTest {
 protected:
  std::unique_ptr<Store> make_store() override { return place_->open(); }

  // Answered at any time; fails where it keeps this thread.
  std::future<Response> begin(const std::string& text) {
    auto promise = std::make_shared<std::promise<Response>>();
    const auto begun = Clock::now();
    service_->handle(request_of(text), [promise](Response response) { promise->set_value(std::move(response)); });
    EXPECT_LT(Clock::now() - begun, std::chrono::seconds(1)) << text;
    return promise->get_future();
  }

  static std::string request_to(const Route& route) {
    std::string path(route.pattern);
    for (const auto& [name, value] : {std::pair<std::string_view, std::string_view>{":id", "7"},
                                      {"*ref", "main"},
                                      {":trigger_id", "1"},
                                      {":pipeline_id", "1"},
                                      {":job_id", "1"},
                                      {":file", "page.js"}}) {
      const std::size_t at = path.find(name);
      if (at != std::string::npos) path.replace(at, name.size(), value);
    }
    return std::string(route.method) + " " + path +
           "?token=unknown&ref=main&description=d&job=build&source=api\nPRIVATE-TOKEN: MIA\n\n";
  }

  std::unique_ptr<StorePlace> place_ = make_postgres_place();
};

TEST_F(Waiting, IsForWorkersOnly) {
  use("build: {script: make, rules: [{if: $CI_PIPELINE_IID}]}\n");  // which is asked for while it is decided
  start();
  const std::string token = new_token();
  const std::string known = "POST /api/v4/projects/7/trigger/pipeline?ref=main&token=" + token + "\n\n";
  EXPECT_EQ(ask(known).substr(0, 3), "201");

  pqxx::connection connection(place_->text());
  pqxx::work others(connection);
  others.exec(
      "LOCK TABLE trigger_tokens, pipelines, job_tokens, last_ids, last_iids, willrun_schema IN ACCESS EXCLUSIVE MODE");
  std::vector<std::future<Response>> begun;
  begun.push_back(begin(known));
  for (const Route& route : routes()) begun.push_back(begin(request_to(route)));
  const auto locked = Clock::now();
  EXPECT_EQ(begin("GET /healthz\n\n").get().status, 200);
  EXPECT_EQ(begin("GET /api/v4/projects/7/ci/lint\nPRIVATE-TOKEN: MIA\n\n").get().status, 200);
  EXPECT_LT(Clock::now() - locked, std::chrono::seconds(4)) << "who does not need the database does not wait";
  others.abort();
  for (auto& one : begun) EXPECT_NE(one.get().status, 0);
  EXPECT_EQ(as("MIA", "GET /api/v4/projects/7/pipelines").substr(0, 3), "200");
}

}  // namespace
}  // namespace willrun::server
