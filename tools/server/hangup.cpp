#include "server/hangup.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <thread>

namespace willrun::server {

struct HangupSignal::Data {
  void wait() {
    signals.async_wait([this](boost::system::error_code error, int) {
      if (error) return;
      work();
      wait();
    });
  }

  boost::asio::io_context context{1};
  boost::asio::signal_set signals{context, SIGHUP};
  std::function<void()> work;
  std::thread thread;
};

HangupSignal::HangupSignal() : data_(std::make_unique<Data>()) {}

HangupSignal::~HangupSignal() {
  data_->context.stop();
  if (data_->thread.joinable()) data_->thread.join();
}

void HangupSignal::start(std::function<void()> work) {
  data_->work = std::move(work);
  data_->wait();
  data_->thread = std::thread([this] { data_->context.run(); });
}

}  // namespace willrun::server
