// Moves what was committed from SQLite's log to its file, beside the writer: inside its commits it would hold up all
// who wait for one.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "server/sqlite/connection.hpp"

namespace willrun::server::sqlite {

class Checkpoints {
 public:
  Checkpoints(const std::string& file, bool full_sync);
  ~Checkpoints();
  Checkpoints(const Checkpoints&) = delete;
  Checkpoints& operator=(const Checkpoints&) = delete;

  // The writer's thread, between two transactions: hands on what is in the log. A long log is finished here, where
  // nothing is written meanwhile: only then it begins anew.
  void after_commit(Connection& writer);

 private:
  void loop();
  void finish(Connection& writer);

  Connection connection_;
  int last_pages_ = 0;    // the writer's thread only, as the next two
  int next_pages_ = 0;    // in the log, at which the thread is woken
  int finish_pages_ = 0;  // at which the log is finished
  std::mutex mutex_;
  std::condition_variable wake_;
  bool wanted_ = false;
  bool busy_ = false;
  // A sync of the thread failed. Its file will not say so again, and what was lost would be taken for written: from
  // then on the writer, which has a file of its own, moves all.
  bool failed_ = false;
  bool closed_ = false;
  std::thread thread_;  // last: it uses the rest
};

}  // namespace willrun::server::sqlite
