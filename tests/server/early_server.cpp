// early_server serve --config FILE: a server that is wrong on purpose. It answers that a pipeline is stored a second
// before it stores it, which the test with SIGKILL has to find.
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <iostream>
#include <mutex>
#include <thread>

#include "server/passing_store.hpp"
#include "server/server.hpp"

namespace willrun::server {
namespace {

// Writes pipelines of one project, in the order in which they came, when they have waited. Ids are those that an empty
// SQLite store gives. Never ends: it is killed.
class EarlyStore : public PassingStore {
 public:
  explicit EarlyStore(std::unique_ptr<Store> store) : PassingStore(std::move(store)) {
    std::thread([this] { write_later(); }).detach();
  }

  void add_pipeline(Pipeline pipeline, Done<Pipeline> done) override {
    const std::lock_guard lock(mutex_);
    waiting_.push_back({pipeline, std::chrono::steady_clock::now() + std::chrono::seconds(1)});
    wake_.notify_one();
    pipeline.id = ++last_id_;
    pipeline.first_job_id = next_job_id_;
    next_job_id_ += pipeline.job_count;
    done({std::move(pipeline), {}});
  }

 private:
  struct Waiting {
    Pipeline pipeline;
    std::chrono::steady_clock::time_point until;
  };

  void write_later() {
    while (true) {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return !waiting_.empty(); });
      const Waiting next = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      std::this_thread::sleep_until(next.until);
      store().add_pipeline(next.pipeline, [](const Stored<Pipeline>&) {});
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Waiting> waiting_;
  Id last_id_ = 0;
  Id next_job_id_ = 1;
};

}  // namespace
}  // namespace willrun::server

int main(int count, char** arguments) {
  using namespace willrun::server;
  if (count != 4) return EXIT_FAILURE;
  ConfigurationOutcome read = read_configuration(arguments[3]);
  ServeOptions options;
  options.log = &std::cerr;
  options.open = [](const StoreOptions& place) { return std::make_unique<EarlyStore>(open_store(place)); };
  serve(std::move(read.configuration), options);
}
