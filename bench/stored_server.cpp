// stored_server STORE SAMPLE ANSWER_FILE: what the trigger server would be without deciding anything. The same listener
// and the same store: each POST finds a token, stores the first pipeline of the store SAMPLE once more, under the next
// number, and answers the text of a file when it is on disk. load.py compares `willrun serve` with it. Prints
// "listening on PORT".
#include <cstdio>
#include <fstream>
#include <future>
#include <iterator>
#include <string>

#include "server/http/listener.hpp"
#include "server/store.hpp"

namespace {

using namespace willrun::server;

constexpr Id kProject = 7;  // of load.py
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
  if (count != 4) {
    std::fputs("usage: stored_server STORE SAMPLE ANSWER_FILE\n", stderr);
    return 2;
  }
  const auto store = open_store({.place = arguments[1]});
  Pipeline pipeline = open_store({.place = arguments[2]})->pipeline(kProject, 1).value();
  pipeline.iid = 0;
  pipeline.trigger_id = added_token(*store);
  std::ifstream file(arguments[3], std::ios::binary);
  std::string answer{std::istreambuf_iterator<char>(file), {}};
  StoredHandler handler(*store, std::move(pipeline), std::move(answer));
  Listener listener({.port = 0}, handler);
  std::printf("listening on %u\n", static_cast<unsigned>(listener.port()));
  std::fflush(stdout);
  listener.run();
  return 0;
}
