// Threads for what takes long: loading configurations, fetching, forwarding.
#pragma once

#include <functional>
#include <memory>

namespace willrun::server {

// Threads: any may post. The destructor waits for what was posted.
class Workers {
 public:
  explicit Workers(unsigned threads);
  ~Workers();
  void post(std::function<void()> work);

 private:
  struct Data;
  std::unique_ptr<Data> data_;
};

}  // namespace willrun::server
