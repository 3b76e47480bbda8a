// HTTP as the rest of the server sees it: plain values, no socket and no library.
#pragma once

#include <functional>
#include <string>
#include <string_view>
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

// Takes the one answer to a request; may be called from any thread, once. It belongs to the connection: whoever holds
// it lets go of it before the listener ends.
using Reply = std::function<void(Response)>;

// What answers requests. Threads: handle() is called concurrently.
class Handler {
 public:
  virtual ~Handler() = default;
  // Returns soon: what takes long goes on elsewhere and replies from there.
  virtual void handle(Request request, Reply reply) = 0;
};

}  // namespace willrun::server
