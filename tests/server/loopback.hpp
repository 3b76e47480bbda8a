// A listener in a thread, and a client that writes bytes as it likes.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <string_view>
#include <thread>

#include "server/http/listener.hpp"

namespace willrun::server {

class Loopback {
 public:
  explicit Loopback(Handler& handler, ListenerOptions options = {})
      : listener_(on_any_port(std::move(options)), handler) {
    thread_ = std::thread([this] { listener_.run(std::chrono::seconds(2)); });
  }
  ~Loopback() {
    listener_.stop();
    thread_.join();
  }
  Loopback(const Loopback&) = delete;
  Loopback& operator=(const Loopback&) = delete;

  std::uint16_t port() const { return listener_.port(); }
  Listener& listener() { return listener_; }

 private:
  static ListenerOptions on_any_port(ListenerOptions options) {
    options.port = 0;
    options.threads = 2;
    return options;
  }

  Listener listener_;
  std::thread thread_;
};

class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    const timeval patience{5, 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }
  ~Client() { ::close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  bool send(std::string_view bytes) const {
    return connected_ &&
           ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
  }
  // What comes until `end` was seen, the other side closes, or nothing comes for some seconds.
  std::string receive(std::string_view end = {}) const {
    std::string text;
    char bytes[4'096];
    while (end.empty() || text.find(end) == std::string::npos) {
      const ssize_t size = ::recv(socket_, bytes, sizeof bytes, 0);
      if (size <= 0) break;
      text.append(bytes, static_cast<std::size_t>(size));
    }
    return text;
  }

 private:
  int socket_;
  bool connected_ = false;
};

}  // namespace willrun::server
