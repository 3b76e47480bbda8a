// HTTP as the rest of the server sees it: plain values, no socket and no library.
#pragma once

#include <concepts>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace willrun::server {

struct Header {
  std::string name;
  std::string value;
};

// The value of the first header of this name (letter case does not count); empty where there is none.
std::string_view find_header(const std::vector<Header>& headers, std::string_view name);

struct Request {
  std::string method;  // "POST"
  std::string target;  // path and query as they were sent
  std::vector<Header> headers;
  std::string body;
  std::string peer;  // address of the client, without its port
  std::string id;    // of the request; the server fills it in where the client gave none

  std::string_view header(std::string_view name) const { return find_header(headers, name); }
};

struct Response {
  int status = 200;
  std::string body;
  std::string content_type = "application/json";
  std::vector<Header> headers;  // further ones; their values hold no line breaks
};

// Takes the one answer to a request, from any thread, once. It belongs to the connection: whoever holds it lets go of
// it before the listener ends.
class Reply {
 public:
  using Send = std::function<void(Response)>;
  using Run = std::function<void(std::function<void()>)>;

  // `run` hands work to the thread that serves the connection; none: there is no such thread, and it is done at once.
  template <std::invocable<Response> Sender>
  Reply(Sender send, Run run = {}) : send_(std::move(send)), run_(std::move(run)) {}

  void operator()(Response response) const { send_(std::move(response)); }
  // Makes the answer where it is sent from, so that a thread which others wait for goes on.
  void run(std::function<void()> work) const { run_ ? run_(std::move(work)) : work(); }

 private:
  Send send_;
  Run run_;
};

// What answers requests. Threads: handle() is called concurrently.
class Handler {
 public:
  virtual ~Handler() = default;
  // Returns soon: what takes long goes on elsewhere and replies from there.
  virtual void handle(Request request, Reply reply) = 0;
};

}  // namespace willrun::server
