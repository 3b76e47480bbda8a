// SIGHUP, by which a server is told to read its configuration anew.
#pragma once

#include <functional>
#include <memory>

namespace willrun::server {

// From its making on, SIGHUP does not end the process. Threads: made and ended by one.
class HangupSignal {
 public:
  HangupSignal();
  ~HangupSignal();  // waits for work that is being done

  // Does `work` on a thread of its own whenever the signal came, also before this call. One at a time: what came while
  // it was done is done behind it. To be called once; `work` does not throw.
  void start(std::function<void()> work);

 private:
  struct Data;
  std::unique_ptr<Data> data_;
};

}  // namespace willrun::server
