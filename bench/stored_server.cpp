// stored_server STORE JOBS_BYTES VARIABLES_BYTES ANSWER_BYTES: what the trigger server would be without deciding
// anything. The same listener and the same store: each POST finds a token, stores texts of these sizes under the next
// number and answers when they are on disk. load.py compares `willrun serve` with it. Prints "listening on PORT".
#include <cstdio>
#include <future>
#include <string>

#include "server/http/listener.hpp"
#include "server/store.hpp"

namespace {

using namespace willrun::server;

constexpr Id kProject = 1;
const std::string kLookup(32, 'k');

class StoredHandler : public Handler {
 public:
  StoredHandler(Store& store, Pipeline pipeline, std::string answer)
      : store_(store), pipeline_(std::move(pipeline)), answer_(std::move(answer)) {}

  void handle(Request, Reply reply) override {
    if (!store_.known_trigger_token(kLookup, Time{}) && !store_.find_trigger_token(kLookup, Time{}))
      return reply({.status = 404});
    store_.add_pipeline(pipeline_, [this, reply = std::move(reply)](const Stored<Pipeline>& stored) {
      reply({.status = stored.value ? 201 : 500, .body = answer_});
    });
  }

 private:
  Store& store_;
  Pipeline pipeline_;
  std::string answer_;
};

Id added_token(Store& store) {
  TriggerToken token;
  token.project_id = kProject;
  token.lookup = kLookup;
  std::promise<Id> id;
  store.add_trigger_token(token, [&](const Stored<TriggerToken>& added) { id.set_value(added.value.value().id); });
  return id.get_future().get();
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 5) {
    std::fputs("usage: stored_server STORE JOBS_BYTES VARIABLES_BYTES ANSWER_BYTES\n", stderr);
    return 2;
  }
  const auto text = [&](int at) { return std::string(std::stoul(arguments[at]), 'x'); };
  const auto store = open_store({.place = arguments[1]});
  Pipeline pipeline;
  pipeline.project_id = kProject;
  pipeline.trigger_id = added_token(*store);
  pipeline.source = "trigger";
  pipeline.ref = "main";
  pipeline.sha = std::string(40, 'a');
  pipeline.status = "created";
  pipeline.job_count = 100;
  pipeline.jobs = text(2);
  pipeline.variables = text(3);
  StoredHandler handler(*store, std::move(pipeline), text(4));
  Listener listener({.port = 0}, handler);
  std::printf("listening on %u\n", static_cast<unsigned>(listener.port()));
  std::fflush(stdout);
  listener.run();
  return 0;
}
