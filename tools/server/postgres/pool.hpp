// A bounded number of connections for calls that answer at once.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <type_traits>
#include <vector>

#include "server/postgres/connection.hpp"

namespace willrun::server::postgres {

// Threads: any. A connection is used by one at a time; where all are in use, others wait a little.
class Pool {
 public:
  Pool(Connector& connector, std::size_t most) : connector_(connector), most_(most) {}

  // Runs a call that may be done twice: once more on a new connection, where the first was lost.
  template <class Work>
  std::invoke_result_t<Work, Connection&> run(Work work) {
    try {
      return run_once(work);
    } catch (const Lost&) {
      // The server was started anew, most likely, and the other connections are as dead as this one.
      drop_idle();
      return run_once(work);
    }
  }

 private:
  // The place of a connection; it is free for others again when this ends.
  class Lease {
   public:
    explicit Lease(Pool& pool) : pool_(pool), connection_(pool.borrow()) {}
    ~Lease() { pool_.give_back(std::move(connection_)); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    Connection& connection();
    void spoil() { connection_.reset(); }

   private:
    Pool& pool_;
    std::unique_ptr<Connection> connection_;
  };

  template <class Work>
  std::invoke_result_t<Work, Connection&> run_once(Work& work) {
    Lease lease(*this);
    try {
      return work(lease.connection());
    } catch (...) {
      lease.spoil();
      throw;
    }
  }

  std::unique_ptr<Connection> borrow();  // null: it is still to be made
  void give_back(std::unique_ptr<Connection> connection);
  void drop_idle();

  Connector& connector_;
  const std::size_t most_;
  std::mutex mutex_;
  std::condition_variable free_;
  std::size_t in_use_ = 0;
  std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace willrun::server::postgres
