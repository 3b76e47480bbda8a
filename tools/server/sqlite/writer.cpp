#include "server/sqlite/writer.hpp"

#include <exception>

namespace willrun::server::sqlite {

namespace {

constexpr std::size_t kMostTogether = 512;

}  // namespace

Writer::~Writer() {
  queue_.close();
  if (thread_.joinable()) thread_.join();
}

void Writer::start() {
  thread_ = std::thread([this] { loop(); });
}

void Writer::loop() {
  while (true) {
    std::vector<Task> tasks = queue_.take(kMostTogether);
    if (tasks.empty()) return;
    if (!run(tasks)) {
      for (Task& task : tasks) run_alone(task);
    }
    checkpoints_.after_commit(connection_);
  }
}

bool Writer::run(std::vector<Task>& tasks) {
  std::vector<After> after;
  after.reserve(tasks.size());
  try {
    connection_.run("BEGIN IMMEDIATE");
    for (Task& task : tasks) after.push_back(task.work(connection_));
    connection_.run("COMMIT");
  } catch (const std::exception&) {
    roll_back();
    return false;
  }
  for (const After& one : after) one({});
  return true;
}

void Writer::run_alone(Task& task) {
  After after;
  try {
    connection_.run("BEGIN IMMEDIATE");
    after = task.work(connection_);
    connection_.run("COMMIT");
  } catch (const std::exception& error) {
    roll_back();
    task.fail(error.what());
    return;
  }
  after({});
}

void Writer::roll_back() {
  try {
    connection_.run("ROLLBACK");
  } catch (const std::exception&) {
    // Where the transaction did not begin there is nothing to take back.
    return;
  }
}

}  // namespace willrun::server::sqlite
