// Fetching remote files: within limits, from public addresses, through a cache.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace willrun::tools {

// Makes libcurl ready, once a process, however often it is called. Before any use of it. Threads: any.
void start_curl();

struct HttpLimits {
  std::chrono::seconds timeout{10};  // of the whole request
  std::uint64_t most_bytes = std::uint64_t{4} << 20U;
  std::vector<std::string> private_hosts;  // may have addresses that are not public
  std::function<void()> waiting;           // called about once a second, and more often while bytes come
};

struct HttpAnswer {
  std::optional<std::string> body;  // of an answer with a code of 200
  // Why there is none, to stand behind "because of": "HTTP code `404` error", "a timeout error".
  std::string failure;
};

// GET by http or https. At most 5 redirections. Loopback, private, link-local, multicast and other addresses that are
// not public are refused, whatever name or redirection leads there, unless the host of the address is listed.
HttpAnswer http_get(const std::string& address, const HttpLimits& limits);

// Bodies by address, in one folder of bounded size: what was used longest ago goes first. Processes may share a folder.
class HttpCache {
 public:
  HttpCache(std::filesystem::path folder, std::uint64_t most_bytes)
      : folder_(std::move(folder)), most_bytes_(most_bytes) {}

  std::optional<std::string> find(const std::string& address) const;
  // Failing to write is no error: the cache is a convenience.
  void store(const std::string& address, std::string_view body) const;

 private:
  std::filesystem::path file_of(const std::string& address) const;
  void shrink() const;

  std::filesystem::path folder_;
  std::uint64_t most_bytes_;
};

}  // namespace willrun::tools
