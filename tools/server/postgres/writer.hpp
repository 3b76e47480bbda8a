// Writes to PostgreSQL: as many in one transaction as are waiting.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "server/batch_queue.hpp"
#include "server/postgres/connection.hpp"
#include "server/postgres/pool.hpp"

namespace willrun::server::postgres {

// A pipeline that is to be stored; an iid of 0: the next one.
struct NewPipeline {
  Pipeline pipeline;
  Done<Pipeline> done;
};

// Any other change. `change` may be run more than once, `again` when an earlier run may have been committed; what it
// gives back is run after the commit. `fail` is run instead where there is none.
struct Change {
  std::function<std::function<void()>(Connection& connection, bool again)> change;
  std::function<void(const std::string& failure)> fail;
};

// One thread writes: a second one was no quicker, since both wait for the same disk. Ids are taken before the
// transaction that uses them. So nobody waits for a counter that another one has changed and not yet committed, and a
// transaction whose outcome is unknown, because the connection was lost, can be done again: its pipelines are known by
// their ids. What is refused together is tried alone. Threads: any.
class Writer {
 public:
  Writer(Connector& connector, Pool& pool, Commit commit);
  ~Writer();  // writes what is waiting
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void write(NewPipeline pipeline) { queue_.push(std::move(pipeline)); }
  void write(Change change) { queue_.push(std::move(change)); }

 private:
  using Task = std::variant<NewPipeline, Change>;
  struct Batch;

  void loop();
  void settle(Batch& batch);
  void run(Batch& batch);
  void number(Batch& batch);

  Connector& connector_;
  Pool& pool_;
  Commit commit_;
  std::unique_ptr<Connection> connection_;  // null: there is none, or it was lost
  BatchQueue<Task> queue_;
  std::thread thread_;  // last: it uses the rest
};

}  // namespace willrun::server::postgres
