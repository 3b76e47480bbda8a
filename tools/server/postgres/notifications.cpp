#include "server/postgres/notifications.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>

namespace willrun::server::postgres {

Flag::Flag() : file_(eventfd(0, EFD_CLOEXEC)) {
  if (file_ < 0) throw Lost("PostgreSQL: no more files can be opened");
}
Flag::~Flag() { close(file_); }

void Flag::raise() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = write(file_, &one, sizeof one);  // fails only where it is raised already
}

bool Flag::wait(std::chrono::milliseconds time) const {
  pollfd waited{file_, POLLIN, 0};
  return poll(&waited, 1, static_cast<int>(time.count())) > 0;
}

Notifications::Notifications(Connector& connector, std::string channel, Hear hear)
    : connector_(connector), channel_(std::move(channel)), hear_(std::move(hear)), thread_([this] { loop(); }) {}

Notifications::~Notifications() {
  stop_.raise();
  thread_.join();
}

void Notifications::loop() {
  constexpr std::chrono::milliseconds kMoment(500);
  std::chrono::milliseconds pause(0);
  while (!stop_.wait(pause)) {
    try {
      listen();
    } catch (const std::exception&) {
      pause = kMoment;  // requests that need the database say why it is away
    }
  }
}

void Notifications::listen() {
  const std::unique_ptr<Connection> connection = connector_.connect(Commit::soon);
  connection->listen(channel_, hear_);
  hear_({});
  while (connection->wait_for_notifications(stop_.file())) {
  }
}

}  // namespace willrun::server::postgres
