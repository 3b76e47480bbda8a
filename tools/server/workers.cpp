#include "server/workers.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

namespace willrun::server {

struct Workers::Data {
  explicit Data(unsigned threads) : pool(threads) {}
  boost::asio::thread_pool pool;
};

Workers::Workers(unsigned threads) : data_(std::make_unique<Data>(threads)) {}
Workers::~Workers() { finish(); }
void Workers::finish() { data_->pool.join(); }
void Workers::post(std::function<void()> work) { boost::asio::post(data_->pool, std::move(work)); }

}  // namespace willrun::server
