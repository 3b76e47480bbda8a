// Threads for what takes long: loading configurations, fetching, forwarding, waiting for the store.
#pragma once

#include <functional>
#include <memory>

namespace willrun::server {

// Threads: any may post. The destructor waits for what was posted, as finish() does.
class Workers {
 public:
  explicit Workers(unsigned threads);
  ~Workers();
  void post(std::function<void()> work);
  void finish();  // what is posted afterwards is dropped

 private:
  struct Data;
  std::unique_ptr<Data> data_;
};

}  // namespace willrun::server
