// The one thread that writes to an SQLite file.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "server/batch_queue.hpp"
#include "server/sqlite/checkpoints.hpp"
#include "server/sqlite/connection.hpp"

namespace willrun::server::sqlite {

// Writes in the order in which they came, as many in one transaction as are waiting: they share its one wait for the
// disk. What fails alone fails alone. Threads: write() from any.
class Writer {
 public:
  // Changes the database; what it gives back is run once, after the commit, with the failure if there was one.
  using After = std::function<void(const std::string& failure)>;
  using Work = std::function<After(Connection&)>;

  Writer(const std::string& file, bool full_sync) : connection_(file, full_sync), checkpoints_(file, full_sync) {}
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  Connection& connection() { return connection_; }  // before start() only
  void start();

  // `fail` is run in place of what the work gives back, where it threw.
  void write(Work work, After fail) { queue_.push({std::move(work), std::move(fail)}); }

 private:
  struct Task {
    Work work;
    After fail;
  };

  void loop();
  bool run(std::vector<Task>& tasks);
  void run_alone(Task& task);
  void roll_back();

  Connection connection_;
  Checkpoints checkpoints_;
  BatchQueue<Task> queue_;
  std::thread thread_;
};

}  // namespace willrun::server::sqlite
